import { LightningElement } from 'lwc';
import { logIn, user, users } from 'sandbox/session';

/** The user's profile card, and the way to become another of the sandbox's users. */
export default class UserMenu extends LightningElement {
  open = false;

  get name() {
    return user.name;
  }

  get username() {
    return user.username;
  }

  get initials() {
    return String(user.name || user.username)
      .split(/\s+/)
      .map(([letter]) => letter)
      .slice(0, 2)
      .join('')
      .toUpperCase();
  }

  get expanded() {
    return String(this.open);
  }

  get choices() {
    return users.map(({ key, id, Id, name, title, profile }) => ({
      key,
      name,
      title: title || profile || key,
      current: (Id || id) === user.Id ? 'true' : undefined,
    }));
  }

  handleToggle() {
    this.open = !this.open;
  }

  handleKey(event) {
    if (event.key !== 'Escape' || !this.open) return;
    this.open = false;
    this.template.querySelector('.avatar').focus();
  }

  handleFocusOut(event) {
    if (event.relatedTarget && !this.template.contains(event.relatedTarget)) this.open = false;
  }

  handleChoose(event) {
    logIn(event.currentTarget.dataset.user);
  }
}
