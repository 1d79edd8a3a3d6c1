// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.connection.Clock;
import io.connectot.core.model.Device;
import io.connectot.core.model.Quality;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.core.spi.WriteTarget;
import io.connectot.core.spi.WritingSession.ReadBack;
import io.connectot.core.spi.WritingSession.TagWrite;
import io.connectot.sparkplug.codec.PayloadEncoder;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.Metric;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.Payload;
import io.connectot.sparkplug.payload.PropertySet;
import io.connectot.sparkplug.payload.PropertyValue;
import io.connectot.sparkplug.topic.EdgeId;
import io.connectot.sparkplug.value.MetricReading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What values of a doubtful quality say, and commands of which a part cannot be sent. */
class EdgeSessionTest {
  private static final EdgeId NODE = EdgeId.parse("shop/press1");

  private final KnownEdges edges = new KnownEdges(List.of(NODE));
  private final Device<EdgeId> device = new Device<>("press", "tcp://broker", NODE, Map.of());
  private final EdgeSession session =
      new EdgeSession(
          "tcp://broker",
          null,
          edges,
          false,
          new EdgeSession.Timeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO),
          Clock.SYSTEM);

  @Test
  void aStaleValueCannotBeRead() throws Exception {
    Metric speed = Metric.of("speed", DataType.INT32, new MetricValue.LongValue(5));
    born(speed);
    assertThat(read()).isEqualTo(ReadBack.of(new Value.LongValue(5)));
    born(
        speed.withProperties(
            new PropertySet(
                Map.of(
                    "Quality",
                    new PropertyValue(DataType.INT32, new MetricValue.LongValue(500))))));
    assertThat(read()).isEqualTo(ReadBack.bad("500 STALE"));
  }

  @Test
  void aReportOfADoubtfulValueShowsNothing() {
    Value wanted = new Value.LongValue(5);
    assertThat(outcome(wanted, new MetricReading(wanted, Quality.GOOD, null)))
        .isEqualTo(new WriteOutcome.Done(true, null));
    assertThat(
            List.of(
                outcome(wanted, new MetricReading(wanted, Quality.UNCERTAIN, "500 STALE")),
                outcome(wanted, new MetricReading(null, Quality.BAD, "0 BAD")),
                outcome(wanted, null)))
        .hasOnlyElementsOfType(WriteOutcome.Unknown.class);
    assertThat(outcome(wanted, new MetricReading(new Value.LongValue(4), Quality.GOOD, null)))
        .isInstanceOf(WriteOutcome.Failed.class);
  }

  @Test
  void sendsNothingOfACommandWithAMetricThatIsGone() throws Exception {
    born(Metric.of("speed", DataType.INT32, new MetricValue.LongValue(5)));
    Value value = new Value.LongValue(7);
    List<WriteOutcome> outcomes =
        session.write(
            device,
            List.of(new TagWrite<>(tag("speed"), value), new TagWrite<>(tag("gone"), value)));
    assertThat(outcomes).hasSize(2).hasOnlyElementsOfType(WriteOutcome.Rejected.class);
  }

  @Test
  void aValueByAliasAfterMissingMessagesIsNotGoodUntilTheNextBirth() throws Exception {
    Metric speed = Metric.of("speed", DataType.INT32, new MetricValue.LongValue(5)).withAlias(1L);
    born(speed);
    Metric byAlias = Metric.of(null, DataType.INT32, new MetricValue.LongValue(6)).withAlias(1L);
    assertThat(data("NDATA/press1", 1, byAlias)).isEmpty();
    assertThat(read()).isEqualTo(ReadBack.of(new Value.LongValue(6)));
    assertThat(data("DDATA/press1/other", 3, byAlias)).contains(NODE);
    assertThat(data("NDATA/press1", 4, byAlias)).contains(NODE);
    assertThat(read()).isEqualTo(ReadBack.bad("ALIAS_UNVERIFIED"));
    data("NDATA/press1", 5, Metric.of("speed", DataType.INT32, new MetricValue.LongValue(7)));
    assertThat(read()).isEqualTo(ReadBack.of(new Value.LongValue(7)));

    born(speed);
    assertThat(data("NDATA/press1", 1, byAlias)).isEmpty();
    assertThat(read()).isEqualTo(ReadBack.of(new Value.LongValue(6)));
  }

  @ParameterizedTest
  @EnumSource(names = {"DATASET", "TEMPLATE"})
  void refusesTypesThatItDoesNotWrite(DataType type) {
    assertThat(CommandValues.target(type))
        .isEqualTo(
            WriteTarget.refused(
                "the metric is a "
                    + type.specName()
                    + " by its birth, which this connector does not write; write metrics of the"
                    + " other types"));
  }

  private Optional<EdgeId> data(String topic, long seq, Metric metric) {
    return edges.take(
        "spBv1.0/shop/" + topic, PayloadEncoder.encode(Payload.of(1L, seq, List.of(metric))));
  }

  private static WriteOutcome outcome(Value wanted, MetricReading reading) {
    return EdgeSession.outcome(NODE, "speed", wanted, reading);
  }

  private void born(Metric metric) {
    edges.take(
        "spBv1.0/shop/NBIRTH/press1", PayloadEncoder.encode(Payload.of(1L, 0L, List.of(metric))));
  }

  private ReadBack read() throws Exception {
    return session.read(device, List.of(tag("speed"))).get(0);
  }

  private static Tag<String> tag(String name) {
    return new Tag<>(
        name,
        name,
        ValueType.UNKNOWN,
        Optional.empty(),
        Duration.ofSeconds(1),
        ReportPolicy.ALL,
        Scaling.NONE,
        Map.of());
  }
}
