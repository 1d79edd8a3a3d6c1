// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.adapter.PlcFailure;
import io.connectot.plc4x.adapter.PlcLink.PlcRead;
import io.connectot.plc4x.adapter.PlcReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** What one request asks for. For one thread at a time. */
final class Chunk {
  /** What a reply is worth that was waited for on another thread a little longer. */
  private static final Duration GRACE = Duration.ofMillis(500);

  /** What is known about the items of a chunk. */
  enum Role {
    /** Nothing in particular. */
    NORMAL,
    /** One item, read alone to see whether others made it fail. */
    PROBE,
    /** Items that fail alone as well. */
    REFUSED
  }

  private final List<ReadItem> items;
  private final Role role;
  private LinkOwner preparedFor;
  private PlcRead prepared;

  Chunk(List<ReadItem> items, Role role) {
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
  List<PlcReply> read(LinkOwner owner, Duration limit)
      throws PlcFailure, TimeoutException, InterruptedException {
    return owner.ask(
        link -> {
          if (preparedFor != owner) {
            List<PlcAddress> addresses = new ArrayList<>(items.size());
            items.forEach(item -> addresses.add(item.address()));
            prepared = link.prepare(addresses);
            preparedFor = owner;
          }
          return prepared.execute(limit);
        },
        limit.plus(GRACE));
  }

  /** The same items in two requests. */
  List<Chunk> halves() {
    int middle = items.size() / 2;
    return List.of(
        new Chunk(items.subList(0, middle), role),
        new Chunk(items.subList(middle, items.size()), role));
  }
}
