// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.subscription;

import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.mapping.template.Vocabulary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The template variables that topics provide. */
public final class TopicVocabulary {
  private static final Set<String> EXAMPLES =
      Collections.unmodifiableSet(
          new LinkedHashSet<>(List.of("topic", "topic[0]", "1", "subscription")));

  private static final Pattern LEVEL = Pattern.compile("topic\\[(-?\\d{1,4})]");
  private static final Pattern SAMPLE = Pattern.compile("samples\\[(-?\\d{1,2})]");
  private static final Pattern CAPTURE = Pattern.compile("[1-9]\\d?");

  /** Variables of templates over the topic alone. */
  public static final Vocabulary TOPIC = over(Vocabulary.of());

  /** Variables of the topic, and of fields of the payload such as {@code /device/id}. */
  public static final Vocabulary FIELD = TOPIC.plus(Set.of("/field"), TopicVocabulary::isPayload);

  /** Variables of names in measurements. */
  public static final Vocabulary NAME = FIELD.plus(Set.of("samples[0]"), TopicVocabulary::isSample);

  /** Variables of the Kafka topic of measurements. */
  public static final Vocabulary MEASUREMENT =
      over(Vocabulary.MEASUREMENT)
          .plus(Set.of("/field"), TopicVocabulary::isPayload)
          .plus(Set.of("samples[0]"), TopicVocabulary::isSample);

  private TopicVocabulary() {}

  private static Vocabulary over(Vocabulary vocabulary) {
    return vocabulary.plus(EXAMPLES, name -> isLevel(name) || isCapture(name));
  }

  /** Whether a variable is a field of the payload, as a JSON Pointer. */
  public static boolean isPayload(String name) {
    return name.startsWith("/") || name.startsWith("#/");
  }

  /** Whether a template has a field of the payload. */
  public static boolean hasPayload(String template) {
    return template.contains("${/") || template.contains("${#/");
  }

  /** Whether a variable is what a {@code *} of the path of samples stands for. */
  public static boolean isSample(String name) {
    return SAMPLE.matcher(name).matches();
  }

  /** The index of such a variable. */
  public static int sample(String name) {
    return Integer.parseInt(name.substring("samples[".length(), name.length() - 1));
  }

  /** A template, which may also be written as a JSON Pointer alone. */
  public static String asTemplate(String text) {
    return isPayload(text) ? "${" + text + "}" : text;
  }

  static boolean isLevel(String name) {
    return LEVEL.matcher(name).matches();
  }

  static boolean isCapture(String name) {
    return CAPTURE.matcher(name).matches();
  }

  static int level(String name) {
    return Integer.parseInt(name.substring("topic[".length(), name.length() - 1));
  }

  /** Whether the MQTT topic provides a variable. */
  public static boolean isTopics(String name) {
    return EXAMPLES.contains(name) || isLevel(name) || isCapture(name);
  }

  /**
   * Checks that the topics of a subscription provide the variables of a template.
   *
   * @throws IllegalArgumentException naming the missing variable
   */
  static void check(NameTemplate template, TopicFilter filter, int captures) {
    for (String name : template.variables()) {
      if (isCapture(name) && Integer.parseInt(name) > captures) {
        throw new IllegalArgumentException(
            "'"
                + template
                + "' asks for ${"
                + name
                + "}, but "
                + (captures == 0
                    ? "there is no wildcard or group"
                    : "the last is ${" + captures + "}")
                + " in the subscription of "
                + filter);
      }
      if (isLevel(name) && filter.depth().isPresent()) {
        int depth = filter.depth().get();
        int level = level(name);
        if (level >= depth || level < -depth) {
          throw new IllegalArgumentException(
              "'"
                  + template
                  + "' asks for ${"
                  + name
                  + "}, but the topics of "
                  + filter
                  + " have the levels 0 to "
                  + (depth - 1));
        }
      }
    }
  }

  /** Sample variables to test templates with. */
  static TopicVariables sample(TopicFilter filter, int captures, String subscription) {
    List<String> levels = new ArrayList<>();
    for (String level : filter.levels()) {
      levels.add(level.equals("+") || level.equals("#") ? "x" : level);
    }
    if (filter.depth().isEmpty()) {
      levels.addAll(Collections.nCopies(100, "x"));
    }
    return new TopicVariables("x", levels, Collections.nCopies(captures, "x"), subscription);
  }
}
