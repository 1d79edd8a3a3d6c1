// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.select;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.spi.line.LineException;
import io.connectot.mqtt.source.payload.PayloadException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The location of samples: a JSON Pointer in which {@code *} stands for every element of an array,
 * or every member of an object, such as {@code /meters/*}{@code /samples}. An array at the end is
 * taken element by element. Immutable.
 */
public final class SamplePath {
  private static final String EACH = "*";

  private final String text;

  /** The pointers before, between and after the wildcards. */
  private final List<JsonPointer> steps;

  private SamplePath(String text, List<JsonPointer> steps) {
    this.text = text;
    this.steps = List.copyOf(steps);
  }

  /** Takes samples. */
  @FunctionalInterface
  public interface Samples {
    void take(JsonScope sample) throws PayloadException;
  }

  /**
   * Parses a path.
   *
   * @throws LineException when the text is not one
   */
  public static SamplePath parse(String text) throws LineException {
    if (!text.startsWith("/")) {
      throw new LineException("must be a path such as /samples, /* or /meters/*/samples");
    }
    List<JsonPointer> steps = new ArrayList<>();
    StringBuilder step = new StringBuilder();
    for (int from = 1; from <= text.length(); ) {
      int slash = text.indexOf('/', from);
      int end = slash < 0 ? text.length() : slash;
      String token = text.substring(from, end);
      if (token.equals(EACH)) {
        steps.add(JsonPointer.compile(step.toString()));
        step.setLength(0);
      } else {
        step.append('/').append(token);
      }
      from = end + 1;
    }
    steps.add(JsonPointer.compile(step.toString()));
    return new SamplePath(text, steps);
  }

  /**
   * Hands over the samples in order.
   *
   * @return whether there is anything at the path
   */
  public boolean forEach(JsonScope document, Samples samples) throws PayloadException {
    return walk(document, 0, samples);
  }

  private boolean walk(JsonScope scope, int step, Samples samples) throws PayloadException {
    JsonNode node = scope.node().at(steps.get(step));
    if (node.isMissingNode() || node.isNull()) {
      return false;
    }
    boolean last = step == steps.size() - 1;
    if (last && (!node.isArray() || (step > 0 && steps.get(step).matches()))) {
      samples.take(steps.get(step).matches() ? scope : scope.inner(node));
      return true;
    }
    JsonScope container = steps.get(step).matches() ? scope : scope.inner(node);
    boolean found = false;
    if (last) {
      for (JsonNode element : node) {
        samples.take(container.inner(element));
        found = true;
      }
    } else if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        found |= walk(container.named(member.getValue(), member.getKey()), step + 1, samples);
      }
    } else {
      int index = 0;
      for (JsonNode element : node) {
        found |= walk(container.named(element, String.valueOf(index++)), step + 1, samples);
      }
    }
    return found;
  }

  /** The number of wildcards. */
  public int wildcards() {
    return steps.size() - 1;
  }

  /** The path as written. */
  @Override
  public String toString() {
    return text;
  }
}
