// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.source;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.connect.connector.ConnectorContext;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Lets a task report a failure as that of its connector, so that the status shows it where the
 * worker reports the failure of the task in words of its own. Only where both run on one worker;
 * the log has it everywhere. Thread-safe.
 */
public final class ConnectorFailures {
  private static final Map<String, Registration> CONNECTORS = new ConcurrentHashMap<>();

  private ConnectorFailures() {}

  /** A connector that runs on this worker, until it is closed. */
  public static final class Registration implements AutoCloseable {
    private final String name;
    private final Consumer<ConnectException> raise;

    private Registration(String name, Consumer<ConnectException> raise) {
      this.name = name;
      this.raise = raise;
    }

    @Override
    public void close() {
      CONNECTORS.remove(name, this);
    }
  }

  /**
   * Registers a connector.
   *
   * @param name of the connector
   * @param context null outside of a worker
   */
  public static Registration register(String name, ConnectorContext context) {
    Registration registration =
        new Registration(
            name,
            failure -> {
              if (context != null) {
                context.raiseError(failure);
              }
            });
    CONNECTORS.put(name, registration);
    return registration;
  }

  /** Fails a connector, if it runs on this worker. */
  static void raise(String name, ConnectException failure) {
    Registration registration = CONNECTORS.get(name);
    if (registration != null) {
      registration.raise.accept(failure);
    }
  }
}
