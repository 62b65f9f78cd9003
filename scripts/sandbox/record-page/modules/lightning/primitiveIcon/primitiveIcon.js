import { LightningElement, api } from 'lwc';
import { getIconPath, getName } from 'lightning/iconUtils';

const SIZES = { 'xx-small': 'slds-icon_xx-small', 'x-small': 'slds-icon_x-small', small: 'slds-icon_small', large: 'slds-icon_large' };
const VARIANTS = {
  error: 'slds-icon-text-error',
  warning: 'slds-icon-text-warning',
  success: 'slds-icon-text-success',
  inverse: '',
  bare: '',
};

/** Draws an icon from the design system's sprites; the base component's own compiles some 3,000 templates. */
export default class PrimitiveIcon extends LightningElement {
  @api iconName;
  @api src;
  @api svgClass;
  @api size = 'medium';
  @api variant = '';

  get href() {
    return this.src || getIconPath(this.iconName) || '';
  }

  get name() {
    return getName(this.iconName || '');
  }

  get computedClass() {
    const own = this.variant === 'bare' ? [] : ['slds-icon'];
    const color = VARIANTS[this.variant] ?? (this.src ? '' : 'slds-icon-text-default');
    return [this.svgClass, ...own, color, SIZES[this.size]].filter(Boolean).join(' ');
  }
}
