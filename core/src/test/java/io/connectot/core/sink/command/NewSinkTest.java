// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.sink.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.config.Configuration;
import io.connectot.core.connection.Clock;
import io.connectot.core.contract.PublishedResults;
import io.connectot.core.contract.tally.TallySinkProtocol;
import io.connectot.core.sink.OtSinkTask.WaitLimits;
import io.connectot.core.sink.SinkContext;
import io.connectot.core.sink.publish.JournalStore;
import io.connectot.core.sink.publish.PublisherFactory;
import io.connectot.core.sink.publish.RecordPublisher;
import io.connectot.core.spi.Protocol;
import io.connectot.core.testing.FakeSinkTaskContext;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class NewSinkTest {
  private static final TopicPartition READ = new TopicPartition("commands", 0);
  private static final TopicPartition UNREAD = new TopicPartition("commands", 1);
  private static final Duration SHORT = Duration.ofMillis(10);

  @Test
  void ignoresCommandsThatWereThereBefore() {
    FakeSinkTaskContext context = new FakeSinkTaskContext(false);
    CommandSinkTask task =
        new CommandSinkTask(new WaitLimits(SHORT, SHORT, SHORT), Clock.SYSTEM, new Publishers()) {
          @Override
          protected Protocol deviceProtocol() {
            return new TallySinkProtocol();
          }
        };
    task.initialize(context);
    task.start(
        Map.of(
            "name", "new",
            "topics", "commands",
            "devices.press", "tally://nowhere",
            "tags.speed", "0 write=true",
            "result.topic", "results",
            "result.producer.bootstrap.servers", "nowhere:9092"));
    try {
      task.open(List.of(READ, UNREAD));

      assertThat(context.requestedOffsets()).isEqualTo(Map.of(UNREAD, 17L));
    } finally {
      task.stop();
    }
  }

  private record Publishers() implements PublisherFactory {
    @Override
    public RecordPublisher publisher(Configuration config, SinkContext context) {
      return new PublishedResults();
    }

    @Override
    public JournalStore journal(Configuration config, SinkContext context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<TopicPartition, Long> newPartitions(
        Configuration config, Collection<TopicPartition> partitions) {
      assertThat(partitions).containsExactlyInAnyOrder(READ, UNREAD);
      return Map.of(UNREAD, 17L);
    }
  }
}
