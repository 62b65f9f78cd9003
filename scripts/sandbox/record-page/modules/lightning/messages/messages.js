import { LightningElement } from 'lwc';

/** Shows what the form around it could not save. */
export default class Messages extends LightningElement {
  error;
  leave = () => {};

  connectedCallback() {
    const detail = {
      kind: 'messages',
      setError: (body) => {
        this.error = body && [body.message, ...(body.output?.errors || []).map(({ message }) => message)].filter(Boolean).join(' ');
      },
      onLeave: (leave) => {
        this.leave = leave;
      },
    };
    this.dispatchEvent(new CustomEvent('sandboxformmember', { bubbles: true, composed: true, detail }));
  }

  disconnectedCallback() {
    this.leave();
  }
}
