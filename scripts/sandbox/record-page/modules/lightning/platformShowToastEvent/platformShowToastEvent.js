import Toast from 'lightning/toast';

const MODES = { sticky: 'sticky', pester: 'dismissible', dismissible: 'dismissible', dismissable: 'dismissible' };

/** The base components' toast container listens for this event and reads `toastAttributes`. */
export class ShowToastEvent extends CustomEvent {
  constructor(config = {}) {
    super('lightning__showtoast', { bubbles: true, composed: true, cancelable: true, detail: { ...config, toast: Toast } });
    const { title, message, messageData, mode = 'dismissible', variant = 'info' } = config;
    this.toastAttributes = { title, message, messageData, mode: MODES[mode] || 'dismissible', type: variant };
  }
}

export const ToastEventName = 'lightning__showtoast';
