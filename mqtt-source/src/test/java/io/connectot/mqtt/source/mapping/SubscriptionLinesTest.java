// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.mqtt.source.MqttSourceConfig;
import io.connectot.mqtt.source.subscription.SourceSubscription;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several lines for one message, and lines that drop messages. */
class SubscriptionLinesTest {

  @Test
  void linesWithOneFilterEachMapAMessage() throws Exception {
    Measured both =
        Measured.line(
            "plant/+ format=measurement tag=temp value=/t device=${1}",
            "plant/+ format=measurement tag=hum value=/h device=${1} unit=%");
    assertThat(both.of("plant/a", "{\"t\":21.5,\"h\":48}"))
        .containsExactly("a temp = 21.5, receipt", "a hum = 48 %, receipt");
    Mapped raw =
        new Mapped(
            "subscriptions.raw", "plant/+ format=bytes topic=raw",
            "subscriptions.values", "plant/+ format=object topic=values");
    assertThat(raw.map("plant/a", "{\"t\":21.5}"))
        .extracting(Mapped.Made::topic)
        .containsExactly("raw", "values");
  }

  @Test
  void theBrokerHasOneSubscriptionPerFilter() {
    MqttSourceConfig config =
        new MqttSourceConfig(
            Mapped.config("subscriptions.a", "plant/+", "subscriptions.b", "plant/+ key=none"));
    assertThat(config.subscriptions()).extracting(SourceSubscription::name).containsExactly("a");
    assertThatThrownBy(
            () ->
                new MqttSourceConfig(
                    Mapped.config(
                        "subscriptions.a", "plant/+", "subscriptions.b", "plant/+ qos=0")))
        .hasMessageContaining("subscriptions.a")
        .hasMessageContaining("qos");
    assertThatThrownBy(
            () ->
                new MqttSourceConfig(
                    Mapped.config(
                        "subscriptions.a", "plant/+", "subscriptions.b", "$share/g/plant/+")))
        .hasMessageContaining("come twice");
  }

  @Test
  void linesWithOneFilterMayMatchDifferentTopics() throws Exception {
    Measured lines =
        Measured.line(
            "plant/+ match=plant/temp.* format=measurement device=d unit=°C",
            "plant/+ match=plant/hum.* format=measurement device=d unit=%");
    assertThat(lines.of("plant/temp1", "1")).containsExactly("d temp1 = 1 °C, receipt");
    assertThat(lines.of("plant/hum1", "2")).containsExactly("d hum1 = 2 %, receipt");
    assertThatThrownBy(() -> lines.of("plant/other", "3")).hasMessageContaining("match=");
  }

  @Test
  void aLineDropsTopics() throws Exception {
    Map<String, String> config =
        Mapped.config(
            "subscriptions.all", "zigbee2mqtt/# format=object",
            "subscriptions.bridge", "zigbee2mqtt/bridge/# format=drop");
    assertThat(new MqttSourceConfig(config).subscriptions())
        .extracting(SourceSubscription::filter)
        .containsExactly("zigbee2mqtt/#");
    Measured lines = new Measured(config);
    assertThat(lines.of("zigbee2mqtt/bridge/state", "{\"a\":1}")).isEmpty();
    assertThat(lines.of("zigbee2mqtt/lamp", "{\"a\":1}")).hasSize(1);
    assertThatThrownBy(
            () -> new MqttSourceConfig(Mapped.config("subscriptions.a", "a/# format=drop")))
        .hasMessageContaining("drop");
  }

  @Test
  void optionsOfADroppingLineAreRefused() {
    assertThatThrownBy(
            () ->
                new MqttSourceConfig(
                    Mapped.config(
                        "subscriptions.a", "a/#", "subscriptions.b", "a/b format=drop key=none")))
        .hasMessageContaining("'key' has no effect with format=drop");
  }

  @Test
  void everyLineOfAFilterIsCheckedAgainstTheConverter() {
    assertThatThrownBy(
            () ->
                new MqttSourceConfig(
                    Mapped.config(
                        "subscriptions.a",
                        "plant/+ format=bytes",
                        "subscriptions.b",
                        "plant/+ format=object",
                        "value.converter",
                        "org.apache.kafka.connect.converters.ByteArrayConverter")))
        .hasMessageContaining("subscriptions.b");
  }

  @Test
  void poisonIsHandledPerLine() throws Exception {
    Mapped mapped =
        new Mapped(
            "subscriptions.a", "a/# format=json poison=skip",
            "subscriptions.b", "b/# format=json poison=deadletter",
            "subscriptions.c", "c/# format=json",
            "mqtt.deadletter.topic", "dead");
    assertThat(mapped.map("a/x", "{")).isEmpty();
    assertThat(mapped.one("b/x", "{").topic()).isEqualTo("dead");
    assertThatThrownBy(() -> mapped.map("c/x", "{")).isInstanceOf(PoisonMessageException.class);
    assertThatThrownBy(
            () ->
                new MqttSourceConfig(
                    Mapped.config("subscriptions.b", "b/# format=json poison=deadletter")))
        .hasMessageContaining("mqtt.deadletter.topic");
  }

  @Test
  void theOtherLinesOfAMessageRemain() throws Exception {
    Mapped mapped =
        new Mapped(
            "subscriptions.a", "a/# format=json poison=skip",
            "subscriptions.b", "a/# format=bytes topic=raw");
    assertThat(mapped.map("a/x", "{")).extracting(Mapped.Made::topic).isEqualTo(List.of("raw"));
  }
}
