import type { Shell } from './visit.ts';

export function Contact({ shell }: { readonly shell: Pick<Shell, 'prefectureName' | 'contact'> }) {
  const { prefectureName, contact } = shell;
  return (
    <address class="contact">
      {prefectureName} {contact.department}
      <br />
      電話 {contact.phone}
      <br />
      メール <a href={`mailto:${contact.email}`}>{contact.email}</a>
    </address>
  );
}
