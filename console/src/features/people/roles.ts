import { useTranslation } from 'react-i18next';

export const ROLES = ['owner', 'analyst', 'shop_manager'] as const;
export type Role = (typeof ROLES)[number];

export function readRole(text: string): Role | undefined {
  return ROLES.find((role) => role === text);
}

/** How people call a role; as it came, when it is a newer one. */
export function useRoleName(): (text: string) => string {
  const { t } = useTranslation();
  return (text) => {
    const role = readRole(text);
    return role ? t(`people.roles.${role}`) : text;
  };
}
