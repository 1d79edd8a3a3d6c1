// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.plc4x.adapter.DriverConnection.PreparedRead;
import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.adapter.TagResponse;
import io.connectot.plc4x.connection.ConnectionThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** The addresses of one read request. For one thread at a time. */
final class RequestBatch {
  /** The caller waits longer than the driver, so that a response at the limit is not lost. */
  static final Duration GRACE = Duration.ofMillis(500);

  /** What is known about the items of the batch. */
  enum Role {
    /** Nothing. */
    NORMAL,
    /** One item, read alone to find out whether other items made it fail. */
    PROBE,
    /** Items that also fail alone. */
    REFUSED
  }

  private final List<ReadItem> items;
  private final Role role;
  private ConnectionThread preparedFor;
  private PreparedRead prepared;

  RequestBatch(List<ReadItem> items, Role role) {
    this.items = List.copyOf(items);
    this.role = role;
  }

  List<ReadItem> items() {
    return items;
  }

  Role role() {
    return role;
  }

  /** Reads the items. */
  List<TagResponse> read(ConnectionThread thread, Duration limit)
      throws DriverException, TimeoutException, InterruptedException {
    return thread.call(
        connection -> {
          if (preparedFor != thread) {
            List<PlcAddress> addresses = new ArrayList<>(items.size());
            items.forEach(item -> addresses.add(item.address()));
            prepared = connection.prepare(addresses);
            preparedFor = thread;
          }
          return prepared.execute(limit);
        },
        limit.plus(GRACE));
  }

  /** The same items in two requests. */
  List<RequestBatch> halves() {
    int middle = items.size() / 2;
    return List.of(
        new RequestBatch(items.subList(0, middle), role),
        new RequestBatch(items.subList(middle, items.size()), role));
  }
}
