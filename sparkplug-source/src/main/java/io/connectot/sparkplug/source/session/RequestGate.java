// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.source.session;

import io.connectot.sparkplug.host.HostEvent.RebirthRequested;
import java.util.ArrayList;
import java.util.List;

/** Keeps rebirth requests until the host listens to the answers. Thread-safe. */
final class RequestGate {
  private final List<RebirthRequested> waiting = new ArrayList<>(); // guarded by this
  private boolean open; // guarded by this

  /** Whether a request can be sent; else it waits. */
  synchronized boolean isOpen(RebirthRequested request) {
    if (!open) {
      waiting.add(request);
    }
    return open;
  }

  /** Requests can be sent from now on, and those that waited have to be. */
  synchronized List<RebirthRequested> open() {
    open = true;
    return List.copyOf(waiting);
  }
}
