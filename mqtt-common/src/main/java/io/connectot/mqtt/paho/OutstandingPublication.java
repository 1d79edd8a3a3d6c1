// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.paho;

import io.connectot.mqtt.transport.PublishCallback;
import io.connectot.mqtt.transport.PublishResult;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A publication in flight; its outcome is reported once. Thread-safe. */
final class OutstandingPublication {
  private static final Logger LOG = LoggerFactory.getLogger(OutstandingPublication.class);

  private final PublishCallback callback;
  private final PublishWindow window;
  private final Set<OutstandingPublication> pending;
  private final AtomicBoolean completed = new AtomicBoolean();

  /** A publication that already occupies a slot of {@code window}. */
  OutstandingPublication(
      PublishCallback callback, PublishWindow window, Set<OutstandingPublication> pending) {
    this.callback = callback;
    this.window = window;
    this.pending = pending;
    pending.add(this);
  }

  /** Reports the outcome; later calls have no effect. */
  void complete(PublishResult result) {
    if (!completed.compareAndSet(false, true)) {
      return;
    }
    pending.remove(this);
    try {
      callback.completed(result);
    } catch (Throwable e) {
      LOG.error("The callback of a publication failed", e);
    } finally {
      // Last: a caller that finds room must have seen the outcome that made it.
      window.release();
    }
  }
}
