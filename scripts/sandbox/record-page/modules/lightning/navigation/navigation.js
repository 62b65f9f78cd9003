import { listen, navigate, toUrl } from 'sandbox/router';

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

export const NavigationMixin = (Base) =>
  class extends Base {
    [Navigate](pageReference, replace) {
      navigate(pageReference, replace);
    }

    async [GenerateUrl](pageReference) {
      return toUrl(pageReference);
    }
  };
NavigationMixin.Navigate = Navigate;
NavigationMixin.GenerateUrl = GenerateUrl;

/** Wire adapter of the page reference the browser shows. */
export class CurrentPageReference {
  constructor(emit) {
    this.emit = emit;
  }

  connect() {
    this.stop = listen(this.emit);
  }

  update() {}

  disconnect() {
    this.stop?.();
  }
}

/** For functions that navigate on behalf of a component. */
export const NavigationContext = class {};
export const generateUrl = async (_context, pageReference) => toUrl(pageReference);
