// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.connection;

import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.MDC;

/** Makes the runtime's threads: daemons that log in the context of their connector and task. */
public final class Threads {
  private Threads() {}

  /** A factory of threads that log as the calling thread does. */
  public static ThreadFactory factory(String namePrefix) {
    Map<String, String> logContext = MDC.getCopyOfContextMap();
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread =
          new Thread(
              () -> {
                if (logContext != null) {
                  MDC.setContextMap(logContext);
                }
                work.run();
              },
              namePrefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
