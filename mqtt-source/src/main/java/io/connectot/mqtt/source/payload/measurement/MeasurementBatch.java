// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.measurement;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Point;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Value;
import io.connectot.core.model.ValueType;
import io.connectot.mqtt.source.payload.Excerpt;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.payload.document.DocumentReader;
import io.connectot.mqtt.source.payload.document.JsonDocumentReader;
import io.connectot.mqtt.source.payload.document.Utf8;
import io.connectot.mqtt.source.payload.select.JsonScope;
import io.connectot.mqtt.source.payload.select.Pointers;
import io.connectot.mqtt.source.payload.value.TypedValueReader;
import io.connectot.mqtt.source.subscription.TopicVariables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The measurements of one message. For one thread. */
final class MeasurementBatch implements DocumentReader.Documents {
  /** Maximum number of measurements per message, to bound memory. */
  static final int MAX_MEASUREMENTS = 100_000;

  private static final String NO_VALUE = "NO_VALUE";

  private final MeasurementSettings settings;
  private final SampleReader samples;
  private final MemberTree tree;
  private final TopicNames topic;
  private final long receivedNanos;
  private final List<Measurement> measurements = new ArrayList<>();

  /** The first part that makes no record; null if all do. */
  private String problem;

  /**
   * @param topic the names of the message's topic
   */
  MeasurementBatch(
      MeasurementSettings settings,
      TagRegistry registry,
      MemberTree tree,
      TopicNames topic,
      long receivedNanos) {
    this.settings = settings;
    this.samples = new SampleReader(settings, registry, topic, receivedNanos);
    this.tree = tree;
    this.topic = topic;
    this.receivedNanos = receivedNanos;
  }

  /**
   * The names that a topic has. Null if the payload contains one.
   *
   * @param prefix empty for none
   */
  record TopicNames(TopicVariables variables, String device, String tag, String prefix) {}

  /** The measurements so far. */
  List<Measurement> measurements() {
    return measurements;
  }

  /** The first part of the message that makes no record although it should; null for none. */
  String problem() {
    return problem;
  }

  @Override
  public void take(JsonNode written) throws PayloadException {
    JsonNode document = JsonDocumentReader.inText(written);
    JsonScope scope = JsonScope.of(document);
    if (settings.samples.isPresent()) {
      boolean found = settings.samples.get().forEach(scope, this::sample);
      if (!found && settings.samplesOptional) {
        sample(scope);
      } else if (!found) {
        absent("samples", settings.samples.get());
      }
    } else if (settings.members && document.isArray() && settings.roots.get(0).isWhole()) {
      elements(scope);
    } else if (settings.members && document.isArray() && !hasRoot(scope)) {
      // The values are in each element.
      for (JsonNode element : document) {
        sample(scope.inner(element));
      }
    } else {
      sample(scope);
    }
  }

  private boolean hasRoot(JsonScope scope) {
    for (Pointers root : settings.roots) {
      if (root.find(scope) != null) {
        return true;
      }
    }
    return false;
  }

  /** An array that is a whole document: objects are samples, other elements have their index. */
  private void elements(JsonScope scope) throws PayloadException {
    int index = 0;
    for (JsonNode element : scope.node()) {
      if (element.isObject() || settings.arrays != ArrayPolicy.INDEX) {
        sample(scope.inner(element));
      } else {
        Sample sample = open(scope);
        if (sample != null) {
          Member container = tree.container(JsonPointer.empty());
          walk(sample, element, tree.element(container, index), 1);
        }
      }
      index++;
    }
  }

  @Override
  public void unreadable(String reason) throws PayloadException {
    if (settings.onError == ErrorPolicy.POISON) {
      throw new PayloadException(reason);
    }
    problem = problem == null ? reason : problem;
  }

  private void sample(JsonScope scope) throws PayloadException {
    if (!scope.node().isTextual()) {
      one(scope);
      return;
    }
    JsonNode inText = JsonDocumentReader.inText(scope.node());
    if (inText.isArray()) {
      for (JsonNode element : inText) {
        one(scope.inner(element));
      }
    } else {
      one(inText.isObject() ? scope.inner(inText) : scope);
    }
  }

  private void one(JsonScope scope) throws PayloadException {
    Sample sample = open(scope);
    if (sample == null) {
      return;
    }
    if (settings.members) {
      members(sample);
    } else {
      single(sample);
    }
  }

  /** The common parts of a sample; null if it cannot become records. */
  private Sample open(JsonScope scope) throws PayloadException {
    try {
      return samples.of(scope);
    } catch (PayloadException e) {
      unreadable(e.getMessage());
      return null;
    }
  }

  private void single(Sample sample) throws PayloadException {
    JsonNode node = settings.value.in(sample.scope().node());
    if (node == null) {
      absent("value", settings.value);
      return;
    }
    Member member;
    try {
      member =
          tree.named(
              topic.tag() == null
                  ? settings.tag.of(topic.variables(), sample.scope())
                  : topic.tag());
    } catch (PayloadException e) {
      unreadable(e.getMessage());
      return;
    }
    if (!member.isIncluded()) {
      return;
    }
    JsonNode meaning = member.meaning(node);
    if (!meaning.isNull()) {
      add(sample, member, meaning);
    } else if (node.isNull()) {
      addNone(
          sample,
          member,
          sample.quality() == Quality.BAD ? Quality.BAD : Quality.UNCERTAIN,
          sample.status() == null ? NO_VALUE : sample.status());
    }
  }

  private void members(Sample sample) throws PayloadException {
    boolean found = false;
    for (int i = 0; i < settings.roots.size(); i++) {
      Pointers root = settings.roots.get(i);
      JsonNode node = root.isWhole() ? sample.scope().node() : root.find(sample.scope());
      if (node == null) {
        continue;
      }
      node = JsonDocumentReader.inText(node);
      found = true;
      if (node.isContainerNode()) {
        // Pointers are resolved in the object of values too.
        Sample inner = root.isWhole() ? sample : open(sample.scope().inner(node));
        if (inner != null) {
          walk(inner, node, tree.container(root.list().get(0).pointer()), 0);
        }
      } else {
        walk(sample, node, tree.single(root.list().get(0).pointer()), 0);
      }
    }
    if (!found) {
      absent("values", settings.roots);
    }
  }

  private void walk(Sample sample, JsonNode node, Member member, int depth)
      throws PayloadException {
    if (member.isDropped() || node.isNull()) {
      return;
    }
    if (node.isObject() && !settings.value.isWhole() && depth > 0) {
      JsonNode value = settings.value.in(node);
      if (value != null) {
        leaf(sample, node, value, member);
        return;
      }
      if (isBadWithoutValue(node)) {
        leaf(sample, node, NullNode.getInstance(), member);
        return;
      }
      if (!settings.nested) {
        absent("value", settings.value);
        return;
      }
    }
    if (node.isObject() && (settings.nested || depth == 0)) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        walk(sample, entry.getValue(), tree.member(member, entry.getKey()), depth + 1);
      }
    } else if (node.isArray() && settings.nested && settings.arrays != ArrayPolicy.JSON) {
      array(sample, node, member, depth);
    } else if (member.isIncluded()) {
      JsonNode meaning = member.meaning(node);
      if (!meaning.isNull()) {
        add(sample, member, meaning);
      }
    }
  }

  /** OPC UA omits the value of a bad one: only its quality, time and unit are there. */
  private boolean isBadWithoutValue(JsonNode node) {
    JsonNode quality = settings.quality == null ? null : settings.quality.in(node);
    if (quality == null || settings.qualityReader.read(quality) != Quality.BAD) {
      return false;
    }
    for (JsonNode member : node) {
      if (settings.value.in(member) != null || settings.quality.in(member) != null) {
        // A group of values, which has a quality of its own.
        return false;
      }
    }
    return true;
  }

  private void array(Sample sample, JsonNode array, Member member, int depth)
      throws PayloadException {
    int index = 0;
    for (JsonNode element : array) {
      if (element.isObject() && settings.arrays == ArrayPolicy.SAMPLES) {
        Sample inner = open(sample.scope().inner(element));
        if (inner != null) {
          walk(inner, element, tree.sample(member), depth);
        }
      } else {
        walk(sample, element, tree.element(member, index), depth + 1);
      }
      index++;
    }
  }

  /** A member that has its value, and possibly its time, quality and unit, in an object. */
  private void leaf(Sample sample, JsonNode node, JsonNode value, Member member)
      throws PayloadException {
    if (!member.isIncluded()) {
      return;
    }
    Sample own = open(sample.scope().inner(node));
    JsonNode meaning = member.meaning(value);
    if (own == null) {
      return;
    }
    if (!meaning.isNull()) {
      add(own, member, meaning);
    } else if (own.quality() == Quality.BAD) {
      addNone(own, member, Quality.BAD, own.status());
    }
  }

  private void add(Sample sample, Member member, JsonNode node) throws PayloadException {
    if (sample.quality() == Quality.BAD) {
      String status = sample.status();
      addNone(sample, member, Quality.BAD, status == null ? NO_VALUE : status);
      return;
    }
    TypedValueReader.Typed value = member.reader().read(node);
    if (value == null) {
      String mismatch = member.reader().mismatch(node);
      if (settings.onError == ErrorPolicy.STATUS) {
        addNone(sample, member, Quality.BAD, mismatch);
      } else {
        unreadable(member, mismatch);
      }
      return;
    }
    if (value.value() instanceof Value.TextValue text && Utf8.isDamaged(text.value())) {
      String damage = "BAD_TEXT: " + Excerpt.shorten(text.value()) + " is not UTF-8";
      if (settings.onError == ErrorPolicy.STATUS) {
        add(sample, member, value.type(), new Values(value.value(), Quality.UNCERTAIN, damage));
      } else {
        unreadable(member, damage);
      }
      return;
    }
    add(sample, member, value.type(), new Values(value.value(), sample.quality(), sample.status()));
  }

  private void unreadable(Member member, String reason) throws PayloadException {
    unreadable("the value of '" + member.name() + "' cannot be read: " + reason);
  }

  private void addNone(Sample sample, Member member, Quality quality, String status)
      throws PayloadException {
    add(sample, member, member.reader().typeOfNone(), new Values(null, quality, status));
  }

  /** A value with its quality. */
  private record Values(Value value, Quality quality, String status) {}

  private void add(Sample sample, Member member, ValueType type, Values values)
      throws PayloadException {
    if (measurements.size() == MAX_MEASUREMENTS) {
      throw new PayloadException(
          "the payload holds more than " + MAX_MEASUREMENTS + " values; publish fewer at a time");
    }
    String unit = member.unit() == null ? sample.unit() : member.unit();
    Point<?> point;
    try {
      NameSource.checked("tag", member.name());
      point = member.point(sample.device(), sample.prefix(), type, unit);
    } catch (PayloadException e) {
      unreadable(e.getMessage());
      return;
    }
    measurements.add(
        new Measurement(
            point, sample.nanos(), receivedNanos, values.value, values.quality, values.status));
  }

  private void absent(String option, Object pointer) throws PayloadException {
    if (settings.onError == ErrorPolicy.POISON) {
      throw new PayloadException(
          "there is nothing at "
              + option
              + "="
              + pointer
              + " in the payload; correct the option, or the publisher");
    }
  }
}
