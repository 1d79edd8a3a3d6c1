// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTemplateTest {
  private static final Variables VALUES =
      Map.of("device", "press1", "tag", "temp", "path", "acme/press1/temp", "protocol", "modbus")
          ::get;

  @ParameterizedTest
  @CsvSource({
    "plant, plant",
    "plant.${device}, plant.press1",
    "${device}${tag}, press1temp",
    "${device}-${device}-x, press1-press1-x",
    "cost$, cost$",
    "$device, $device",
    "a$${tag}, a$temp",
    "${path}, acme/press1/temp",
  })
  void replacesVariables(String template, String rendered) {
    assertThat(NameTemplate.compile(template, Vocabulary.MEASUREMENT).render(VALUES))
        .isEqualTo(rendered);
  }

  @Test
  void namesTheVariablesInUse() {
    NameTemplate template = NameTemplate.compile("${tag}.${device}.${tag}", Vocabulary.MEASUREMENT);
    assertThat(template.variables()).containsExactly("tag", "device");
    assertThat(template).hasToString("${tag}.${device}.${tag}");
  }

  @ParameterizedTest
  @CsvSource({
    "plant.${devise}, 'unknown variable ${devise}, did you mean ${device}?'",
    "${line}, 'unknown variable ${line}, use one of ${device} ${tag} ${path} ${protocol}'",
  })
  void refusesAnUnknownVariableAndSaysWhatToWrite(String template, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NameTemplate.compile(template, Vocabulary.MEASUREMENT))
        .withMessage(message);
  }

  @Test
  void refusesTheTagWhereThereIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NameTemplate.compile("plant.${tag}", Vocabulary.DEVICE))
        .withMessageContaining("${tag}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${device", "a${", "${}"})
  void refusesWhatIsMalformed(String template) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NameTemplate.compile(template, Vocabulary.MEASUREMENT));
  }

  @Test
  void takesVariablesOfAProtocol() {
    Vocabulary mqtt =
        Vocabulary.MEASUREMENT.plus(
            Set.of("topic", "topic[1]", "1"), name -> name.matches("topic\\[\\d+]|\\d+"));
    Variables values = Map.of("topic[7]", "line", "2", "group")::get;
    assertThat(NameTemplate.compile("${device}.${topic[7]}.${2}", mqtt).render(VALUES.or(values)))
        .isEqualTo("press1.line.group");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NameTemplate.compile("${topic[x]}", mqtt))
        .withMessageContaining("${topic");
  }

  @Test
  void saysWhichVariableHasNoValue() {
    NameTemplate template = NameTemplate.compile("a.${tag}", Vocabulary.MEASUREMENT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> template.render(Variables.NONE))
        .withMessageContaining("${tag}");
  }

  @Test
  void replacesWhatATopicMayNotHold() {
    assertThat(topic("${path} °C")).isEqualTo("acme_press1_temp__C");
    assertThat(topic("a.B-9_")).isEqualTo("a.B-9_");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void refusesTopicsThatKafkaRefuses(String template) {
    assertThatIllegalArgumentException().isThrownBy(() -> topic(template));
  }

  @Test
  void refusesATopicThatIsTooLong() {
    assertThat(topic("x".repeat(249))).hasSize(249);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> topic("x".repeat(250)))
        .withMessageContaining("250");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a b/${device} | contains a blank and '/'
          plant.${device}# | contains '#'
          °C.${device} | contains '°'
          a🙂 | contains '🙂'
          __consumer_offsets | begins with '__'
          __${device} | begins with '__'
          .. | not a legal Kafka topic
          """)
  void refusesTemplatesOfWhichNoTopicCanCome(String template, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TopicNames.compile(template, Vocabulary.MEASUREMENT))
        .withMessageContaining(template)
        .withMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"${device}", "_a", "a__b", "${device}..${tag}"})
  void takesTemplatesOfWhichATopicCanCome(String template) {
    assertThat(TopicNames.compile(template, Vocabulary.MEASUREMENT)).hasToString(template);
  }

  @Test
  void refusesATopicThatANameMakesLikeOneOfKafka() {
    NameTemplate template = NameTemplate.compile("${device}", Vocabulary.DEVICE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TopicNames.render(template, name -> "/_x"))
        .withMessageContainingAll("'__x'", "Kafka's own topics");
  }

  private static String topic(String template) {
    return TopicNames.render(NameTemplate.compile(template, Vocabulary.MEASUREMENT), VALUES);
  }
}
