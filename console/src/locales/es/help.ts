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
    retention: 'Retención',
    lifeCycle: 'Ciclo de vida',
    attribution: 'Atribución',
    model_first: 'Primero',
    model_last: 'Último',
    model_linear: 'Lineal',
    model_position: 'Posición',
    model_removal: 'Si faltara',
    markovOrder: 'Memoria de la cadena',
    touchPath: 'Qué cuenta',
    effort: 'Esfuerzo',
    effort_steps: 'Pasos',
    effort_contacts: 'Contactos',
    effort_channels: 'Canales',
    effort_channel_changes: 'Cambios de canal',
    effort_waiting_ms: 'Espera',
    effort_elapsed_ms: 'Tiempo en total',
    breakdown: 'Desglose',
    frictions: 'Fricciones',
    comparable: 'Comparables',
    nps: 'NPS',
    csat: 'CSAT',
    ces: 'CES',
    rating: 'Estrellas',
    scoreInterval: 'Intervalo',
    effectiveAnswers: 'Respuestas independientes',
    scoreGroups: 'Desglose',
    responseRate: 'Tasa de respuesta',
    drivers: 'Qué mueve la nota',
    importance: 'Importancia',
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
    retention:
      'De los clientes que empezaron en un período, cuántos vuelven en cada uno de los siguientes. El cero es el mismo período: quienes volvieron después de la primera vez.',
    lifeCycle:
      'En cada período, quién es nuevo, quién sigue del anterior, quién vuelve tras faltar y, bajo la línea, quién estaba en el anterior y falta.',
    attribution:
      'A qué canales o actividades se reparte cada resultado, según lo que el mismo cliente hizo antes, dentro del plazo.',
    model_first: 'Todo el resultado va a lo primero que hizo el cliente en el plazo.',
    model_last: 'Todo el resultado va a lo último que hizo el cliente antes.',
    model_linear: 'El resultado se reparte por igual entre todo lo que hizo el cliente antes.',
    model_position: 'Dos quintos van a lo primero, dos a lo último y el resto se reparte entre lo de en medio.',
    model_removal:
      'Una cadena de Markov aprende de todos los recorridos, también de los que no llegan. El reparto es según cuántos resultados se perderían al quitar cada uno.',
    markovOrder:
      'Cuántos pasos anteriores recuerda la cadena con la que se calcula «Si faltara». Con más memoria distingue más y necesita más datos.',
    touchPath:
      'Desde el resultado anterior, cada cosa cuenta para un solo resultado. En todo el plazo, lo ocurrido antes de un resultado puede contar también para el siguiente.',
    effort: 'Lo que un cliente pone para llegar a una actividad: pasos, contactos, canales, esperas y tiempo.',
    effort_steps: 'Eventos desde el primero hasta el de llegada, los dos incluidos.',
    effort_contacts: 'Veces que el cliente tuvo que dirigirse a la empresa: actividades con el papel de contacto.',
    effort_channels: 'Canales distintos por los que pasa.',
    effort_channel_changes: 'Veces que un evento llega por otro canal que el anterior.',
    effort_waiting_ms:
      'Tiempo que pasa después de cada actividad con el papel de espera hasta lo siguiente que ocurre.',
    effort_elapsed_ms:
      'Lo que pasa desde el primer evento hasta la llegada, incluidos los ratos en que no ocurre nada.',
    breakdown:
      'Un embudo para cada valor que tiene el primer paso de cada cliente. La última columna compara su llegada al final con la de todos los demás; con intervalo, y como asociación.',
    frictions:
      'Lo que frena: repetir lo mismo, ir y venir, volver a contactar, esperar mucho más de lo normal, tropezar con un error o empezar y no llegar. Primero, lo que cuesta más clientes.',
    comparable:
      'Clientes que no encuentran nunca la fricción, en la misma actividad, semana y canal, y con una historia igual de larga. Sin ellos no se sabe si la fricción cuesta.',
    nps: 'Con qué probabilidad se recomendaría, de 0 a 10: el porcentaje de promotores (9 y 10) menos el de detractores (0 a 6). Va de −100 a +100.',
    csat: 'Cuánta satisfacción dejó, de 1 a 5: el porcentaje de respuestas 4 y 5.',
    ces: 'Si fue fácil, de 1 a 7: el porcentaje de respuestas de 5 a 7. Más es mejor.',
    rating: 'La media de las estrellas, de 1 a 5.',
    scoreInterval:
      'Quienes contestan son solo una parte. De repetirse la pregunta a otros clientes parecidos, la puntuación verdadera quedaría dentro del intervalo en 95 de cada 100 casos.',
    effectiveAnswers:
      'Varias respuestas de un mismo cliente se parecen y no cuentan como pruebas distintas. Aquí se dice cuántas respuestas de clientes distintos dirían lo mismo.',
    drivers:
      'Para cada cosa se compara la nota de quienes la vivieron o la dijeron con la de los demás, cuando todo lo otro que se conoce es igual. «Hallado» quiere decir que una diferencia así rara vez sale por azar, aun mirando tantas cosas a la vez.',
    importance:
      'La parte de las diferencias que cada cosa explica, en promedio sobre todos los órdenes en que pueden entrar. Todas suman lo explicado. Sirve para ordenar; no prueba nada.',
    scoreGroups:
      'La puntuación de cada grupo con su intervalo, primero los que tienen más respuestas. Si dos intervalos se cruzan mucho, la diferencia puede ser azar. Es una asociación: cada grupo atiende a clientes distintos.',
    responseRate:
      'Cuántas de las invitaciones enviadas en el período se contestaron, llegara cuando llegara la respuesta. Varias invitaciones a un mismo cliente prueban menos que las de varios clientes.',
  },
} as const;
