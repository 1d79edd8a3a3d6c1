// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import io.connectot.quickstart.embedded.ConnectRest.Response;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Creates connectors whose devices are on this machine. If a device does not answer in time, the
 * machine is busy, so the creation is retried; any other rejection is final. For one thread.
 */
final class ConnectorCreation {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** The message of the connection test when a device does not answer. */
  private static final String NO_ANSWER = "(to create the connector anyway, set ";

  /** The message of a worker when a request times out. */
  private static final String TIMED_OUT = "timed out";

  private final Function<ConnectorFile, Response> worker;
  private final Duration limit;
  private final LongSupplier nanoTime;
  private final Sleeper sleeper;
  private final Consumer<String> out;

  /** Waits, on the calling thread. */
  interface Sleeper {
    void sleep(Duration pause) throws InterruptedException;
  }

  /**
   * @param worker creates a connector and returns its response
   * @param limit how long to wait on a busy machine
   * @param out receives one line per connector that has to be retried
   */
  ConnectorCreation(
      Function<ConnectorFile, Response> worker,
      Duration limit,
      LongSupplier nanoTime,
      Sleeper sleeper,
      Consumer<String> out) {
    this.worker = worker;
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.sleeper = sleeper;
    this.out = out;
  }

  /**
   * Creates a connector.
   *
   * @throws StartException if the worker rejects it, or the limit has passed
   */
  void create(ConnectorFile connector) throws StartException, InterruptedException {
    long start = nanoTime.getAsLong();
    boolean told = false;
    while (true) {
      Refusal refusal = attempt(connector);
      if (refusal == null) {
        return;
      }
      if (!refusal.busy() || nanoTime.getAsLong() - start > limit.toNanos()) {
        throw new StartException(
            "The worker refused connector " + connector.name() + ": " + refusal.reason());
      }
      if (!told) {
        out.accept(
            "This machine is busy, connector "
                + connector.name()
                + " is retried for up to "
                + limit.toMinutes()
                + " min: "
                + cause(refusal.reason()));
        told = true;
      }
      sleeper.sleep(PAUSE);
    }
  }

  /** Null if the connector is created. */
  private Refusal attempt(ConnectorFile connector) {
    try {
      Response response = worker.apply(connector);
      return response.isSuccess()
          ? null
          : new Refusal(response.message(), isBusy(response.message()));
    } catch (UncheckedIOException e) {
      return new Refusal(String.valueOf(e.getCause().getMessage()), true);
    }
  }

  /** The line about a key in the message of a worker, which says more than can be read here. */
  private static String cause(String reason) {
    return reason
        .lines()
        .filter(line -> line.contains(NO_ANSWER))
        .map(line -> line.substring(0, line.indexOf(NO_ANSWER)).strip())
        .findFirst()
        .orElse(reason);
  }

  private static boolean isBusy(String message) {
    return message.contains(NO_ANSWER) || message.contains(TIMED_OUT);
  }

  private record Refusal(String reason, boolean busy) {}
}
