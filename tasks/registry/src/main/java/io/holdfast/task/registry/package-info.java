/**
 * What a service knows of task services: who was announced, where they answer, and until when. Each
 * service that needs tasks keeps a table of its own, filled from the topic {@code task-announced};
 * nobody asks another service. Decision 10 says why.
 *
 * <p>A service that uses it says so in its {@code application.properties}:
 *
 * <pre>{@code
 * quarkus.flyway.locations=db/kit,db/tasks,db/migration
 * mp.messaging.incoming.task-announced.connector=smallrye-kafka
 * }</pre>
 */
package io.holdfast.task.registry;
