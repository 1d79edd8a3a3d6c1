// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.delivery;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Records that tell a {@link TopicWatch} which of them is sent. The worker iterates over a batch
 * and sends each record before it asks for the next; after a failure that may pass, it iterates
 * over the sublist from that record on. For the task's thread.
 */
final class WatchedBatch extends AbstractList<SourceRecord> {
  private final List<SourceRecord> records;
  private final TopicWatch watch;

  WatchedBatch(List<SourceRecord> records, TopicWatch watch) {
    this.records = records;
    this.watch = watch;
  }

  @Override
  public SourceRecord get(int index) {
    return records.get(index);
  }

  @Override
  public int size() {
    return records.size();
  }

  @Override
  public List<SourceRecord> subList(int from, int to) {
    return new WatchedBatch(records.subList(from, to), watch);
  }

  @Override
  public Iterator<SourceRecord> iterator() {
    Iterator<SourceRecord> each = records.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        watch.sent();
        return each.hasNext();
      }

      @Override
      public SourceRecord next() {
        SourceRecord made = each.next();
        watch.sends(made);
        return made;
      }
    };
  }
}
