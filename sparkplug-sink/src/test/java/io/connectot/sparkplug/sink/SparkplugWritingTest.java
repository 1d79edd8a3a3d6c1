// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.contract.RunningSink;
import io.connectot.core.contract.WritingContractTest;
import io.connectot.core.contract.WritingDeviceHarness;
import io.connectot.core.spi.Protocol;
import io.connectot.mqtt.transport.InboundMessage;
import io.connectot.sparkplug.codec.PayloadDecoder;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.Payload;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class SparkplugWritingTest extends WritingContractTest {
  @Override
  protected Protocol protocol() {
    return new EdgeProtocol(edge()::known);
  }

  @Override
  protected WritingDeviceHarness newDevice() throws Exception {
    return new EdgeHarness();
  }

  private EdgeHarness edge() {
    return (EdgeHarness) device();
  }

  @Test
  void aReportedValueIsVerified() throws Exception {
    RunningSink sink = run();

    Struct result = awaitResult(sink.send("speed", 17), "speed");

    assertThat(result.getString("state")).as(result.toString()).isEqualTo("DONE");
    assertThat(result.getBoolean("is_verified")).isTrue();
    assertThat(edge().rebirths()).isEqualTo(1);
    List<InboundMessage> commands = edge().commands();
    Payload payload = new PayloadDecoder().decode(commands.get(commands.size() - 1).payload());
    // The alias of the birth may be that of another metric by the time that the command arrives.
    assertThat(payload.metrics())
        .singleElement()
        .satisfies(
            metric -> {
              assertThat(metric.name()).isEqualTo("Drive Data/speed");
              assertThat(metric.alias()).isNull();
              assertThat(metric.dataType()).isEqualTo(DataType.INT32);
            });
  }

  @Test
  void aValueThatTheMetricHasIsSentAndNotVerified() throws Exception {
    RunningSink sink = run();

    Struct result = awaitResult(sink.send("speed", 0), "speed");

    assertThat(result.getString("state")).as(result.toString()).isEqualTo("DONE");
    assertThat(result.getString("status")).isEqualTo("SENT");
    assertThat(result.getBoolean("is_verified")).isFalse();
    awaitTrue(() -> assertThat(edge().written("speed")).containsExactly(0L));
  }

  /** The metric goes back to false with the births, so its value says nothing. */
  @Test
  void aRebirthIsDoneWhenTheEdgeNodeIsBornAgain() throws Exception {
    edge().nameNode();
    RunningSink sink = run();
    awaitResult(sink.send("speed", 1), "speed");
    int before = edge().rebirths();

    Struct result =
        awaitResult(
            sink.send("{\"device\": \"node\", \"tag\": \"rebirth\", \"value\": true}"), "rebirth");

    assertThat(result.getString("state")).as(result.toString()).isEqualTo("DONE");
    assertThat(result.getBoolean("is_verified")).isTrue();
    assertThat(edge().rebirths()).isGreaterThan(before);
    List<InboundMessage> commands = edge().commands();
    InboundMessage command = commands.get(commands.size() - 1);
    assertThat(command.topic()).isEqualTo("spBv1.0/shop/NCMD/press1");
    assertThat(command.qos()).isZero();
    assertThat(command.retained()).isFalse();
    Payload payload = new PayloadDecoder().decode(command.payload());
    assertThat(payload.timestamp()).isNotNull();
    assertThat(payload.seq()).isNull();
    assertThat(payload.metrics())
        .singleElement()
        .satisfies(
            metric -> {
              assertThat(metric.name()).isEqualTo("Node Control/Rebirth");
              assertThat(metric.dataType()).isEqualTo(DataType.BOOLEAN);
              assertThat(metric.value()).isEqualTo(MetricValue.BooleanValue.TRUE);
              assertThat(metric.timestamp()).isNotNull();
            });
  }

  @Test
  void aRebirthIsUnknownWhenTheEdgeNodeIsNotBornAgain() throws Exception {
    edge().nameNode();
    RunningSink sink = run();
    awaitResult(sink.send("speed", 1), "speed");
    edge().hang();

    Struct result =
        awaitResult(
            sink.send("{\"device\": \"node\", \"tag\": \"rebirth\", \"value\": true}"), "rebirth");

    assertThat(result.getString("state")).as(result.toString()).isEqualTo("UNKNOWN");
    assertThat(result.getString("status")).isEqualTo("NO_REPORT");
  }

  @Test
  void waitsForTheBirthOfADeviceThatDied() throws Exception {
    RunningSink sink = run();
    awaitResult(sink.send("speed", 1), "speed");
    edge().die();
    long offset = sink.send("speed", 2);

    edge().births();

    assertThat(awaitResult(offset, "speed").getString("state")).isEqualTo("DONE");
  }
}
