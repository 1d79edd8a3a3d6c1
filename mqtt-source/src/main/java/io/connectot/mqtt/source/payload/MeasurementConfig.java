// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import com.fasterxml.jackson.core.JsonPointer;
import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.config.ReportOptions;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.LineException;
import io.connectot.core.spi.Suggestion;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** The keys that locate measurements in payloads. An option without the prefix overrides each. */
final class MeasurementConfig {
  private static final String PREFIX = "mqtt.measurement.";
  private static final String AUTO = "auto";

  /** The types a value can be declared as. */
  static final List<ValueType> TYPES =
      List.of(
          ValueType.BOOLEAN,
          ValueType.INT8,
          ValueType.UINT8,
          ValueType.INT16,
          ValueType.UINT16,
          ValueType.INT32,
          ValueType.UINT32,
          ValueType.INT64,
          ValueType.UINT64,
          ValueType.FLOAT32,
          ValueType.FLOAT64,
          ValueType.STRING,
          ValueType.JSON);

  static final Key<Optional<JsonPointer>> SAMPLES =
      pointer("samples")
          .display("Array of samples")
          .doc(
              "The location of an array of samples in the payload, each with its own value, time"
                  + " and so on, as a JSON Pointer such as /samples. Pointers are resolved in the"
                  + " sample first, then in what encloses it.");

  static final Key<Optional<JsonPointer>> VALUES =
      pointer("values")
          .display("Object of values")
          .doc(
              "The location of an object whose members are the values, named after their tags, in"
                  + " the payload or in each sample, as a JSON Pointer such as /metrics. Pointers"
                  + " are resolved in the member first.");

  static final Key<Optional<JsonPointer>> VALUE =
      pointer("value")
          .display("Value")
          .doc(
              "The location of the value, as a JSON Pointer such as /value; empty when the whole"
                  + " payload, sample or member is the value. Then a payload may also be a bare"
                  + " word that is not JSON, such as ON.");

  static final Key<Optional<ValueType>> TYPE =
      string("type", AUTO)
          .parsedBy(typeNames(), MeasurementConfig::type)
          .importance(Importance.LOW)
          .display("Value type")
          .doc(
              "The type of values. 'auto' derives it from each value: INT64 or FLOAT64 for numbers,"
                  + " BOOLEAN, STRING, and JSON for arrays and objects. Any other type is the fixed"
                  + " type of the tags; texts that contain a number are converted, and a value that"
                  + " does not have the type is a poison message.");

  static final Key<Optional<JsonPointer>> TIME =
      pointer("time")
          .display("Time")
          .doc(
              "The location of the time of the value, as a JSON Pointer such as /ts. Without it, or"
                  + " if the payload has no time, the receive time is used.");

  static final Key<String> TIME_FORMAT =
      string("time.format", AUTO)
          .parsedBy(
              "auto, iso, s, ms, us, ns or a pattern",
              text -> TimeReader.checkedFormat(text.isEmpty() ? AUTO : text))
          .importance(Importance.LOW)
          .display("Time format")
          .doc(
              "The format of times: 'iso' for ISO-8601; 's', 'ms', 'us' or 'ns' for seconds,"
                  + " milliseconds, microseconds or nanoseconds since 1970; a pattern of Java's"
                  + " DateTimeFormatter such as dd.MM.yyyy HH:mm:ss; 'auto' reads text as ISO-8601"
                  + " and derives the unit of numbers from their size.");

  static final Key<ZoneId> TIME_ZONE =
      string("time.zone", "UTC")
          .parsedBy("time zone, e.g. Europe/Berlin or +01:00", MeasurementConfig::zone)
          .importance(Importance.LOW)
          .display("Time zone")
          .doc("The time zone of textual times without one.");

  static final Key<Optional<String>> DEVICE =
      optional("device", "template or JSON Pointer")
          .display("Device")
          .doc(
              "The name of the device: a template over the topic such as ${topic[1]}/${topic[2]},"
                  + " or a JSON Pointer such as /device/id. Default: ${topic[-2]}, the last level"
                  + " but one, if the topic contains the tag, else ${topic[-1]}.");

  static final Key<Optional<String>> TAG =
      optional("tag", "template or JSON Pointer")
          .display("Tag")
          .doc(
              "The name of the tag: a template over the topic, or a JSON Pointer. Default:"
                  + " ${topic[-1]}, the last level. Ignored with 'values', whose members are named"
                  + " after their tags.");

  static final Key<Optional<JsonPointer>> QUALITY =
      pointer("quality")
          .display("Quality")
          .doc(
              "The location of the quality, as a JSON Pointer such as /q: a word that begins with"
                  + " good, uncertain or bad, ok, valid, invalid, error, a boolean, a quality of"
                  + " OPC Classic (192 is good, 64 uncertain, 0 bad) or, above 255, a status code"
                  + " of OPC UA. Anything else is UNCERTAIN; a BAD measurement has no value."
                  + " Without it, or if the payload has no quality, values are GOOD.");

  static final Key<QualityReader> QUALITY_MAP =
      string("quality.map", "")
          .parsedBy("list such as 0:good,1:bad", QualityReader::of)
          .importance(Importance.LOW)
          .display("Quality map")
          .doc("The meaning of words and numbers of the quality that differ from the above.");

  static final Key<Optional<String>> UNIT =
      optional("unit", "unit or JSON Pointer")
          .importance(Importance.LOW)
          .display("Unit")
          .doc("The unit of the values, such as °C, or its location, as a JSON Pointer: /unit.");

  static final Keys KEYS =
      Keys.group(
          "MQTT measurements",
          SAMPLES,
          VALUES,
          VALUE,
          TYPE,
          TIME,
          TIME_FORMAT,
          TIME_ZONE,
          DEVICE,
          TAG,
          QUALITY,
          QUALITY_MAP,
          UNIT);

  /** The options of a line: the names of the keys without their prefix, and those of reporting. */
  static final List<String> OPTIONS =
      Stream.concat(
              KEYS.names().stream().map(MeasurementConfig::option), ReportOptions.NAMES.stream())
          .toList();

  private MeasurementConfig() {}

  private static String option(String key) {
    return key.substring(PREFIX.length());
  }

  /** The option or key of a subscription. */
  static <T> T get(LineSettings settings, Key<T> key) throws LineException {
    return settings.get(option(key.name()), key);
  }

  private static Key<String> string(String option, String defaultValue) {
    return Key.string(PREFIX + option, defaultValue)
        .visibleWhen(PayloadConfig.FORMAT, Format.MEASUREMENT);
  }

  private static Key<Optional<String>> optional(String option, String allowed) {
    return Key.optional(PREFIX + option, "", allowed, text -> text)
        .visibleWhen(PayloadConfig.FORMAT, Format.MEASUREMENT);
  }

  private static Key<Optional<JsonPointer>> pointer(String option) {
    return Key.optional(PREFIX + option, "", "JSON Pointer", FieldSource::pointer)
        .visibleWhen(PayloadConfig.FORMAT, Format.MEASUREMENT);
  }

  private static String typeNames() {
    return "one of " + AUTO + ", " + String.join(", ", configNames());
  }

  private static List<String> configNames() {
    return TYPES.stream().map(ValueType::configName).toList();
  }

  private static Optional<ValueType> type(String text) throws LineException {
    String name = text.toLowerCase(Locale.ROOT);
    if (name.isEmpty() || name.equals(AUTO)) {
      return Optional.empty();
    }
    for (ValueType type : TYPES) {
      if (type.configName().equals(name)) {
        return Optional.of(type);
      }
    }
    throw new LineException(
        "must be " + typeNames() + Suggestion.of(name, configNames()).didYouMean());
  }

  private static ZoneId zone(String text) throws LineException {
    try {
      return ZoneId.of(text.isEmpty() ? "UTC" : text);
    } catch (DateTimeException e) {
      throw new LineException("must be a time zone such as UTC, Europe/Berlin or +01:00");
    }
  }
}
