import { saveMapping } from 'c/trueupMapping';
import { TYPED, answering, find, mount, press, type } from './editor.js';

jest.mock('@salesforce/apex/TrueupMappings.previewMapping', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/userPermission/CustomizeApplication', () => ({ __esModule: true, default: undefined }), { virtual: true });
jest.mock('c/trueupMapping', () => ({ ...jest.requireActual('c/trueupMapping'), saveMapping: jest.fn() }));

afterEach(() => {
  document.body.replaceChildren();
  jest.clearAllMocks();
});

it('gives the source to copy or download where the right to customize is missing', async () => {
  answering([]);
  Object.assign(navigator, { clipboard: { writeText: jest.fn().mockResolvedValue() } });
  await mount();
  await type(TYPED);
  expect(find('[data-id="may-not"]')).not.toBeNull();
  await press('save');
  expect(find('[data-id="source"]').textContent).toContain('<field>Target_Field__c</field>');
  expect(find('[data-id="download"]').getAttribute('download')).toBe('Trueup_Field_Mapping.Class.md-meta.xml');
  await press('copy');
  expect(navigator.clipboard.writeText).toHaveBeenCalledWith(expect.stringContaining('CustomMetadata'));
  expect(find('[data-id="announcement"]').textContent).toBe('Copied');
  expect(saveMapping).not.toHaveBeenCalled();
  await expect(find('section').getRootNode().host).toBeAccessible();
});
