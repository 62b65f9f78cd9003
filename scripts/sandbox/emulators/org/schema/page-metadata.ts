/** What a Lightning app shows: which pages stand for which objects, and which tabs it has. */
export interface AppMetadata {
  name: string;
  label: string;
  description: string | null;
  tabs: string[];
  /** Record or home pages this app activates, by object (`standard-home` for its home). */
  pageOverrides: { pageOrObject: string; page: string; formFactor: string; profile?: string }[];
  brandColor?: string;
}

export interface TabMetadata {
  name: string;
  label: string;
  object?: string;
  flexiPage?: string;
  lwc?: string;
  icon?: string;
}

/** One component placed on a page, with its design attributes. */
export interface PlacedComponent {
  component: string;
  properties: Record<string, string>;
  /** Criteria the page states for showing it, as written. */
  visibility: { logic?: string; criteria: { left: string; operator: string; right: string }[] } | null;
}

/** A field shown by a dynamic-forms section. */
export interface PlacedField {
  field: string;
  behavior: string;
}

export interface PageRegion {
  name: string;
  type: 'Region' | 'Facet';
  components: PlacedComponent[];
  fields: PlacedField[];
}

export interface PageMetadata {
  name: string;
  label: string;
  type: string;
  object?: string;
  template: string;
  regions: PageRegion[];
}

export interface QuickActionMetadata {
  /** `Opportunity.Trueup_Issue_Invoice`, or a bare name for a global action. */
  name: string;
  label: string;
  object?: string;
  type: string;
  lwc?: string;
  actionSubtype?: string;
  icon?: string;
  height?: number;
}

export interface LayoutSection {
  heading: string;
  columns: { field: string; behavior: string }[][];
  showHeading: boolean;
}

export interface LayoutMetadata {
  name: string;
  object: string;
  sections: LayoutSection[];
  relatedLists: { name: string; fields: string[]; sortField?: string; sortOrder?: string }[];
  quickActions: string[];
}
