export const setup = {
  title: 'Empezar con Vivencia',
  say: 'Falta saber cómo es la organización y quién será su primera persona. Todo puede cambiarse después.',
  organisation: 'Nombre de la organización',
  timeZone: 'Zona horaria',
  timeZoneHelp: 'En ella se cuentan los días y las semanas.',
  weekStart: 'La semana empieza en',
  days: { monday: 'lunes', sunday: 'domingo', saturday: 'sábado' },
  currency: 'Moneda de los informes',
  name: 'Nombre',
  begin: 'Empezar',
  done: {
    title: 'Aquí ya está todo preparado',
    say: 'La organización tiene a su primera persona. Para entrar bastan el correo y la contraseña.',
    signIn: 'Entrar',
  },
  noToken: {
    title: 'Falta la dirección completa',
    say: 'Al arrancar, el servidor escribe una dirección que termina en #token=… y con ella se empieza. Al arrancarlo de nuevo escribe otra.',
  },
  invitation: {
    page: 'Invitación',
    title: 'Entrar en {{organisation}}',
    say: '{{email}} · {{role}}. Solo falta un nombre y una contraseña.',
    accept: 'Entrar',
    over: 'Este enlace ya no sirve',
    overSay: 'Se ha usado, se ha anulado o tiene más de 7 días. Quien administra Vivencia puede crear otro.',
  },
  reset: {
    title: 'Contraseña nueva',
    say: 'Para {{email}}. Al guardarla se cierran las sesiones abiertas.',
    save: 'Guardar y entrar',
  },
} as const;
