import { createElement } from 'lwc';
import App from 'sandbox/app';

document.body.append(createElement('sandbox-app', { is: App }));
