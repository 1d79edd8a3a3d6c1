// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import io.connectot.core.spi.ProtocolException;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.core.util.NonceUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ResponseFutures until Milo has its secure random numbers.
 *
 * <p>Milo seeds them on a thread of its own, and until that is done it quietly takes nonces that
 * can be guessed. Its announcement of the end is preceded by a log statement of slf4j 2, which
 * workers with slf4j 1.7 do not have: there the thread dies with the numbers in place but never
 * announced, and who waits for the announcement waits for ever. So the numbers themselves are
 * waited for, and announced from here.
 */
final class RandomSeed {
  private static final Logger LOG = LoggerFactory.getLogger(RandomSeed.class);
  private static final long POLL_MILLIS = 5;

  private RandomSeed() {}

  /**
   * Returns when nonces are secure.
   *
   * @throws ProtocolException when they are not by the deadline
   */
  static void await(ConnectDeadline deadline) throws ProtocolException, InterruptedException {
    Holder.STARTER.join(Math.max(1, deadline.left().toMillis()));
    while (Holder.STARTER.isAlive() || !NonceUtil.isSecureRandomSeeded()) {
      if (deadline.passed()) {
        throw new ProtocolException(
            ProtocolException.Kind.TRANSIENT,
            ProtocolException.Scope.CONNECTION,
            "NO_RANDOM",
            "the worker's operating system did not provide secure random numbers "
                + "in time; if this persists, add a source of entropy to the machine",
            null);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    NonceUtil.secureRandomSeeded().toCompletableFuture().complete(null);
  }

  /** Starts the seeding, once, where the end of its thread does not look like a failure. */
  private static final class Holder {
    static final Thread STARTER = start();

    private static Thread start() {
      // Milo's thread inherits the group of the one on which its class is initialized.
      ThreadGroup group =
          new ThreadGroup("connect-ot-opcua-random") {
            @Override
            public void uncaughtException(Thread thread, Throwable e) {
              if (e instanceof NoSuchMethodError) {
                LOG.debug("The worker's slf4j is older than Milo's", e);
              } else {
                super.uncaughtException(thread, e);
              }
            }
          };
      Thread starter =
          new Thread(group, NonceUtil::isSecureRandomSeeded, "connect-ot-opcua-random");
      starter.setDaemon(true);
      starter.start();
      return starter;
    }
  }
}
