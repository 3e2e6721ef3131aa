export const help = {
  what: 'Qué significa: {{name}}',
  names: {
    processMap: 'Mapa del proceso',
    directlyFollows: 'Sigue directamente',
    simplification: 'Detalle',
    median: 'Mediana',
    interval: 'Intervalo',
    path: 'Camino',
    tail: 'Otros caminos',
    window: 'Plazo',
    dropOff: 'Abandono',
    merge: 'Fusión',
    evidence: 'Prueba',
    identifier: 'Identificador',
    trait: 'Rasgo',
    visit: 'Visita',
  },
  terms: {
    processMap:
      'Cada tarjeta es una actividad, con los clientes que la hicieron. Cada línea va de una actividad a la que vino justo después, más gruesa cuantos más clientes la recorren.',
    directlyFollows:
      'Entre las dos actividades el cliente no hizo ninguna otra, pase el tiempo que pase. Lo que se deja fuera por período o por canal es como si no hubiera ocurrido.',
    simplification:
      'Con poco detalle se ven solo las actividades y conexiones más frecuentes; las demás se ocultan, pero siguen contando. Siempre se dice cuánto queda a la vista.',
    median:
      'La mitad de las veces se tarda menos y la otra mitad más. Al contrario que la media, no la mueven unas pocas esperas muy largas.',
    interval:
      'Con pocos clientes, una proporción puede salir alta o baja por azar. La verdadera está dentro del intervalo en 95 de cada 100 casos.',
    path: 'Una actividad y las que le siguen directamente. Cada vez que ocurre la primera empieza un camino, así que un cliente puede recorrer varios.',
    tail: 'Los caminos menos frecuentes, que no se dibujan uno a uno, y los que terminan antes de completar los pasos. Nada se pierde: todos van en esta banda.',
    window:
      'El tiempo que puede pasar desde el primer paso hasta el último. Quien tarda más cuenta solo hasta donde llegó dentro del plazo.',
    dropOff:
      'Clientes que llegaron a un paso y no al siguiente dentro del plazo. Pueden seguir siendo clientes: solo dejaron este camino.',
    merge:
      'Dos clientes que resultaron ser la misma persona y ahora cuentan como una. Cada fusión guarda su prueba y se puede deshacer.',
    evidence: 'El evento que mostró que dos identificadores son de la misma persona, por ejemplo un inicio de sesión.',
    identifier: 'Aquello por lo que se reconoce a un cliente: correo, teléfono, id de usuario, tarjeta, dispositivo…',
    trait: 'Un dato sobre el cliente, como su nombre o su ciudad, con la fuente que lo dijo y la fecha.',
    visit: 'Eventos de un cliente en un mismo canal con menos de 30 minutos entre uno y el siguiente.',
  },
} as const;
