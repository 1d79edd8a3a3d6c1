// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.config.ConfigError;
import io.connectot.core.filter.ReportFilter;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.SourceEvent;
import io.connectot.core.spi.Ack;
import io.connectot.mqtt.source.MqttSourceConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which measurements of messages become records. */
class ReportingTest {
  private static final String LINE = "plant/+/temp format=measurement value=/v quality=/q ";

  private long now = Mapped.RECEIVED;

  /** The payloads whose measurements are reported, when they come a second after each other. */
  private List<String> reported(String option, String connector, String... payloads)
      throws PoisonMessageException {
    InboundMessageMapper mapper =
        new MqttSourceConfig(Mapped.config("subscriptions.all", LINE + option, "report", connector))
            .newMapper();
    ReportFilter filter = new ReportFilter();
    List<String> reported = new ArrayList<>();
    for (String payload : payloads) {
      now += Duration.ofSeconds(1).toNanos();
      String json = payload.equals("bad") ? "{\"v\":1,\"q\":\"bad\"}" : "{\"v\":" + payload + "}";
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      for (SourceEvent event :
          mapper.map(Mapped.message("plant/p1/temp", bytes), now, Ack.NONE).events()) {
        if (filter.report((Measurement) event, now)) {
          reported.add(payload);
        }
      }
    }
    return reported;
  }

  @Test
  void everythingIsTheDefault() throws Exception {
    assertThat(reported("", "all", "1", "1", "1")).containsExactly("1", "1", "1");
  }

  @Test
  void changesAreSetForTheConnectorOrALine() throws Exception {
    assertThat(reported("", "changes", "1", "1", "2")).containsExactly("1", "2");
    assertThat(reported("report=changes", "all", "1", "1", "2")).containsExactly("1", "2");
    assertThat(reported("report=all", "changes", "1", "1", "2")).containsExactly("1", "1", "2");
  }

  @Test
  void aDeadbandHidesSmallChanges() throws Exception {
    assertThat(reported("deadband=0.5", "all", "10", "10.4", "10.6", "10.2"))
        .containsExactly("10", "10.6");
    assertThat(reported("deadband=10%", "all", "100", "109", "111")).containsExactly("100", "111");
  }

  @Test
  void aHeartbeatRepeatsAValue() throws Exception {
    assertThat(reported("heartbeat=3s", "all", "1", "1", "1", "1", "1")).containsExactly("1", "1");
  }

  @Test
  void aTagRemainsTheSameWhenItsTypeChanges() throws Exception {
    assertThat(reported("", "changes", "21", "21.5", "21", "21", "21.5"))
        .containsExactly("21", "21.5", "21", "21.5");
  }

  @Test
  void aBadTagIsReportedOnceAndItsNextValueAlways() throws Exception {
    assertThat(reported("", "changes", "5", "bad", "bad", "5")).containsExactly("5", "bad", "5");
    assertThat(reported("", "all", "5", "bad", "bad", "5")).containsExactly("5", "bad", "5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "format=json report=changes                    | option 'report' needs format=measurement",
        "format=bytes deadband=1                       | option 'deadband' needs"
            + " format=measurement",
        "format=measurement type=string deadband=1     | deadband needs a number",
        "format=measurement report=all heartbeat=1s    | heartbeat has no effect with report=all",
        "format=measurement report=change              | must be one of all, changes",
        "format=measurement deadband=much              | deadband=much",
      })
  void optionsThatCannotWorkAreRefused(String options, String expected) {
    List<ConfigError> problems =
        MqttSourceConfig.unchecked(Mapped.config("subscriptions.all", "a/# " + options)).problems();
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).key()).isEqualTo("subscriptions.all");
    assertThat(problems.get(0).message()).contains(expected);
  }
}
