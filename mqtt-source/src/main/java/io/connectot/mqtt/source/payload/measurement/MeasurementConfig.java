// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.measurement;

import io.connectot.core.config.Key;
import io.connectot.core.config.Keys;
import io.connectot.core.config.common.ReportOptions;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.Suggestion;
import io.connectot.mqtt.source.payload.LineSettings;
import io.connectot.mqtt.source.payload.select.ByMember;
import io.connectot.mqtt.source.payload.select.Globs;
import io.connectot.mqtt.source.payload.select.Pointers;
import io.connectot.mqtt.source.payload.select.SamplePath;
import io.connectot.mqtt.source.payload.value.QualityReader;
import io.connectot.mqtt.source.payload.value.TimeReader;
import io.connectot.mqtt.source.payload.value.ValueMaps;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** The keys that locate measurements in payloads. An option without the prefix overrides each. */
public final class MeasurementConfig {
  private static final String PREFIX = "mqtt.measurement.";
  private static final String AUTO = "auto";

  /** The types a value can be declared as. */
  private static final List<ValueType> TYPES =
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

  static final Key<Optional<SamplePath>> SAMPLES =
      Key.optional(PREFIX + "samples", "", "JSON Pointer, * for each", SamplePath::parse)
          .display("Array of samples")
          .doc(
              "The location of the samples in the payload, each with its own value, time and so on:"
                  + " a JSON Pointer such as /samples, in which * stands for each element of an"
                  + " array, as in /meters/*/samples; /* for an array that is the whole payload."
                  + " Pointers are resolved in the sample first, then in what encloses it, and"
                  + " those that begin with #/ in the whole payload only.");

  static final Key<Optional<Pointers>> VALUES =
      Key.optional(PREFIX + "values", "", "JSON Pointer", Pointers::ofPart)
          .display("Object of values")
          .doc(
              "The location of objects whose members are the values, named after their tags, in the"
                  + " payload or in each sample: JSON Pointers such as /metrics, or"
                  + " /object,/rxInfo/0/rssi for several, of which a single value is named by the"
                  + " end of its pointer. Pointers are resolved in the member first. Default with"
                  + " format=object: the whole payload or sample.");

  static final Key<Optional<Pointers>> VALUE =
      Key.optional(PREFIX + "value", "", "JSON Pointer", Pointers::ofPart)
          .display("Value")
          .doc(
              "The location of the value, as a JSON Pointer such as /value, or several, of which"
                  + " the first that exists counts; empty when the whole payload, sample or member"
                  + " is the value. Then a payload may also be a bare word that is not JSON, such"
                  + " as ON.");

  static final Key<String> INCLUDE =
      string("include", "")
          .display("Members to read")
          .doc(
              "The members that become measurements, as patterns of their names separated by"
                  + " commas, such as temperature,*.Power: * stands for any characters, and a"
                  + " pattern that matches an object includes all its members. Default: all.");

  static final Key<String> EXCLUDE =
      string("exclude", "")
          .display("Members not to read")
          .doc(
              "The members that do not become measurements, in the form of include, such as"
                  + " update,linkquality. It takes precedence over include.");

  static final Key<String> SEPARATOR =
      Key.text(PREFIX + "separator", ".", "any text", text -> text)
          .importance(Importance.LOW)
          .display("Separator of nested names")
          .doc("What separates the names of nested members in a tag, as in ENERGY.Power.0.");

  static final Key<Optional<String>> TAG_PREFIX =
      optional("prefix", "template or JSON Pointer")
          .importance(Importance.LOW)
          .display("Prefix of tags")
          .doc(
              "What precedes the names of members in their tags: a template over the topic and the"
                  + " payload, such as ${topic[-1]}. (with the dot).");

  static final Key<ArrayPolicy> ARRAYS =
      Key.choice(PREFIX + "arrays", ArrayPolicy.class, ArrayPolicy.INDEX)
          .importance(Importance.LOW)
          .display("Arrays among members")
          .doc(
              "How an array among the members is read: 'index' makes a measurement of every"
                  + " element, with the index in its tag; 'json' makes one measurement of the"
                  + " array; 'samples' reads the objects in it as samples, without an index in"
                  + " their tags.");

  static final Key<ByMember<ValueType>> TYPE =
      string("type", AUTO)
          .parsedBy(
              "types, e.g. float64 or state=boolean,*temp*=float64",
              text -> ByMember.parse(text, MeasurementConfig::type))
          .importance(Importance.LOW)
          .display("Value type")
          .doc(
              "The type of values: "
                  + typeNames()
                  + ". 'auto' derives it from each value: INT64 or FLOAT64 for numbers, BOOLEAN,"
                  + " STRING, and JSON for arrays and objects. Any other type is the fixed type of"
                  + " the tags; texts that contain a number are converted, and a value that does"
                  + " not have the type is handled as on.error says. For certain tags only:"
                  + " state=boolean,*temp*=float64,auto, where the first entry that matches counts"
                  + " and the last is for all others.");

  static final Key<ValueMaps> MAP =
      string("map", "")
          .parsedBy("list such as ON:true,OFF:false", ValueMaps::parse)
          .display("Value map")
          .doc(
              "What values mean that stand for others, such as ON:true,OFF:false. The meaning is"
                  + " true, false, a number, null for no value, or any text. For certain tags only:"
                  + " state=open:1,state=closed:0.");

  static final Key<Optional<String>> TIME =
      optional("time", "JSON Pointer or template")
          .display("Time")
          .doc(
              "The location of the time of the value, as a JSON Pointer such as /ts, or several, of"
                  + " which the first that exists counts, or a template that joins fields, such as"
                  + " ${/date} ${/time}. Without it, or if the payload has no time, the receive"
                  + " time is used.");

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
                  + " DateTimeFormatter such as dd.MM.yyyy HH:mm:ss; 'auto' reads numbers, also in"
                  + " quotes, as a time since 1970 whose unit follows from their size, and other"
                  + " text as ISO-8601 or RFC 1123. A blank may stand for the T of ISO-8601, and"
                  + " its zone may lack the colon.");

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
              "The name of the device: a template over the topic and the payload such as"
                  + " ${topic[1]}/${topic[2]} or ${/model}-${/id}, or a JSON Pointer such as"
                  + " /device/id, or #/name in the whole payload. ${samples[0]} is the name of the"
                  + " member that the first * of 'samples' stands for. Default: ${topic[-2]}, the"
                  + " last level but one, if the topic contains the tag, else ${topic[-1]}.");

  static final Key<Optional<String>> TAG =
      optional("tag", "template or JSON Pointer")
          .display("Tag")
          .doc(
              "The name of the tag: a template over the topic and the payload, or a JSON Pointer."
                  + " Default: ${topic[-1]}, the last level. Not with 'values', whose members are"
                  + " named after their tags.");

  static final Key<Optional<Pointers>> QUALITY =
      pointers("quality")
          .display("Quality")
          .doc(
              "The location of the quality, as a JSON Pointer such as /q: a word that begins with"
                  + " good, uncertain or bad, ok, valid, invalid, error, a boolean, a quality of"
                  + " OPC Classic (192 is good, 64 uncertain, 0 bad) or, from 1024, a status code"
                  + " of OPC UA. Anything else is UNCERTAIN; a BAD measurement has no value."
                  + " Without it, or if the payload has no quality, values are GOOD.");

  static final Key<QualityReader> QUALITY_MAP =
      string("quality.map", "")
          .parsedBy("list such as 0:good,1:bad", QualityReader::of)
          .importance(Importance.LOW)
          .display("Quality map")
          .doc("The meaning of words and numbers of the quality that differ from the above.");

  static final Key<ByMember<String>> UNIT =
      string("unit", "")
          .parsedBy(
              "unit or JSON Pointer",
              text -> ByMember.parse(text, unit -> Optional.of(unit).filter(set -> !set.isEmpty())))
          .importance(Importance.LOW)
          .display("Unit")
          .doc(
              "The unit of the values, such as °C, or its location, as a JSON Pointer: /unit. For"
                  + " certain tags only: *temp*=°C,humidity=%.");

  static final Key<ErrorPolicy> ON_ERROR =
      Key.choice(PREFIX + "on.error", ErrorPolicy.class, ErrorPolicy.STATUS)
          .display("Unreadable parts")
          .doc(
              "What happens to a part of a message that cannot be read: 'status' makes a record of"
                  + " quality BAD without a value, or of quality UNCERTAIN with the value and the"
                  + " time of receipt if only the time is wrong, with the reason as status; 'skip'"
                  + " makes no record of it; 'poison' makes the whole message a poison message,"
                  + " also if there is nothing at a pointer. The other parts become records in"
                  + " either of the first two cases.");

  static final Key<List<String>> CSV_COLUMNS =
      Key.commaSeparated(PREFIX + "csv.columns", "", "names separated by commas", text -> text)
          .importance(Importance.LOW)
          .display("Columns of CSV")
          .doc(
              "The names of the columns of format=csv, such as time,temperature,-,humidity; - for"
                  + " one to ignore. Default: the first row has the names.");

  static final Key<String> CSV_DELIMITER =
      Key.text(PREFIX + "csv.delimiter", ",", "one character, or tab", MeasurementConfig::delimiter)
          .importance(Importance.LOW)
          .display("Delimiter of CSV")
          .doc("What separates the cells of format=csv.");

  static final Key<Character> CSV_DECIMAL =
      Key.text(PREFIX + "csv.decimal", ".", "point or comma: . or ,", MeasurementConfig::decimal)
          .importance(Importance.LOW)
          .display("Decimal separator of CSV")
          .doc("What separates the decimals of numbers in format=csv.");

  public static final Keys KEYS =
      Keys.group(
          "MQTT measurements",
          SAMPLES,
          VALUES,
          VALUE,
          INCLUDE,
          EXCLUDE,
          SEPARATOR,
          TAG_PREFIX,
          ARRAYS,
          TYPE,
          MAP,
          TIME,
          TIME_FORMAT,
          TIME_ZONE,
          DEVICE,
          TAG,
          QUALITY,
          QUALITY_MAP,
          UNIT,
          ON_ERROR,
          CSV_COLUMNS,
          CSV_DELIMITER,
          CSV_DECIMAL);

  /** The options of a line: the names of the keys without their prefix, and those of reporting. */
  public static final List<String> OPTIONS =
      Stream.concat(
              KEYS.names().stream().map(MeasurementConfig::option), ReportOptions.NAMES.stream())
          .toList();

  private MeasurementConfig() {}

  /** The option of a key. */
  static String option(String key) {
    return key.substring(PREFIX.length());
  }

  /** The option or key of a subscription. */
  static <T> T get(LineSettings settings, Key<T> key) throws LineException {
    return settings.get(option(key.name()), key);
  }

  /** Patterns of an option or key. */
  static Globs globs(LineSettings settings, Key<String> key) throws LineException {
    return Globs.parse(get(settings, key));
  }

  private static Key<String> string(String option, String defaultValue) {
    return Key.string(PREFIX + option, defaultValue);
  }

  private static Key<Optional<String>> optional(String option, String allowed) {
    return Key.optional(PREFIX + option, "", allowed, text -> text);
  }

  private static Key<Optional<Pointers>> pointers(String option) {
    return Key.optional(PREFIX + option, "", "JSON Pointer", Pointers::parse);
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

  private static char decimal(String text) throws LineException {
    if (text.equals(".") || text.equals(",")) {
      return text.charAt(0);
    }
    throw new LineException("must be . or ,");
  }

  private static String delimiter(String text) throws LineException {
    if (text.equalsIgnoreCase("tab")) {
      return "\t";
    }
    if (text.length() != 1 || text.equals("\"")) {
      throw new LineException("must be one character such as ; or the word tab");
    }
    return text;
  }
}
