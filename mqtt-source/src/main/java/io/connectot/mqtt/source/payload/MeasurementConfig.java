// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload;

import io.connectot.core.config.Checks;
import io.connectot.core.config.Configuration;
import io.connectot.core.config.MappingConfig;
import io.connectot.core.config.Option;
import io.connectot.core.config.VisibleWhen;
import io.connectot.core.mapping.MappingSettings;
import io.connectot.core.mapping.RecordKey;
import io.connectot.core.mapping.RecordLayout;
import io.connectot.core.mapping.Template;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.LineException;
import io.connectot.core.spi.Suggestion;
import io.connectot.mqtt.source.subscription.SubscriptionLine;
import io.connectot.mqtt.source.subscription.TopicVocabulary;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** The keys that say where measurements are in payloads, and how they are read for a line. */
final class MeasurementConfig {
  static final String SAMPLES = "mqtt.measurement.samples";
  static final String VALUES = "mqtt.measurement.values";
  static final String VALUE = "mqtt.measurement.value";
  static final String TYPE = "mqtt.measurement.type";
  static final String TIME = "mqtt.measurement.time";
  static final String TIME_FORMAT = "mqtt.measurement.time.format";
  static final String TIME_ZONE = "mqtt.measurement.time.zone";
  static final String DEVICE = "mqtt.measurement.device";
  static final String TAG = "mqtt.measurement.tag";
  static final String QUALITY = "mqtt.measurement.quality";
  static final String QUALITY_MAP = "mqtt.measurement.quality.map";
  static final String UNIT = "mqtt.measurement.unit";

  /** The options of a line, which have the names of the keys without their prefix. */
  static final List<String> OPTIONS =
      List.of(
          "samples",
          "values",
          "value",
          "type",
          "time",
          "time.format",
          "time.zone",
          "device",
          "tag",
          "quality",
          "quality.map",
          "unit");

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

  private static final String AUTO = "auto";
  private static final String GROUP = "MQTT measurements";

  private MeasurementConfig() {}

  /** The names of the keys. */
  static String[] keys() {
    return OPTIONS.stream().map(option -> "mqtt.measurement." + option).toArray(String[]::new);
  }

  /** Adds the keys. */
  static void addTo(ConfigDef definition) {
    pointer(SAMPLES, "Array of samples")
        .doc(
            "Where the payload has an array of samples, each with its own value, time and so on,"
                + " as a JSON Pointer such as /samples. Pointers look into the sample first, and"
                + " for what it does not have into what is around it.")
        .addTo(definition);
    pointer(VALUES, "Object of values")
        .doc(
            "Where the payload, or each sample, has an object whose members are the values, each"
                + " under the name of its tag, as a JSON Pointer such as /metrics. Pointers look"
                + " into the member first.")
        .addTo(definition);
    pointer(VALUE, "Value")
        .doc(
            "Where the value is, as a JSON Pointer such as /value; empty when the whole payload,"
                + " sample or member is the value. Then a payload may also be a bare word that is"
                + " no JSON, such as ON.")
        .addTo(definition);
    text(TYPE, AUTO, typeNames(), "Value type")
        .importance(Importance.LOW)
        .doc(
            "The type of values. 'auto' takes each as it is: INT64 or FLOAT64 for numbers, BOOLEAN,"
                + " STRING, and JSON for arrays and objects. Any other type is what the tags have"
                + " whatever they hold at the moment; texts that hold a number are converted, and"
                + " what is not of the type is a poison message.")
        .addTo(definition);
    pointer(TIME, "Time")
        .doc(
            "Where the time of the value is, as a JSON Pointer such as /ts. Without it, and where"
                + " the payload has none, a value holds from when it was received.")
        .addTo(definition);
    text(TIME_FORMAT, AUTO, "auto, iso, s, ms, us, ns or a pattern", "Time format")
        .importance(Importance.LOW)
        .doc(
            "How times are written: 'iso' for ISO-8601; 's', 'ms', 'us' or 'ns' for seconds,"
                + " milliseconds, microseconds or nanoseconds since 1970; a pattern of Java's"
                + " DateTimeFormatter such as dd.MM.yyyy HH:mm:ss; 'auto' takes text as ISO-8601"
                + " and guesses the unit of numbers from their size.")
        .addTo(definition);
    text(TIME_ZONE, "UTC", "time zone, e.g. Europe/Berlin or +01:00", "Time zone")
        .importance(Importance.LOW)
        .doc("The time zone of written times that do not say theirs.")
        .addTo(definition);
    text(DEVICE, "", "template or JSON Pointer", "Device")
        .doc(
            "The name of the device: a template over the topic such as ${topic[1]}/${topic[2]}, or"
                + " a JSON Pointer such as /device/id. Empty means ${topic[-2]}, the last level but"
                + " one, where the topic names the tag, and ${topic[-1]} where the payload does.")
        .addTo(definition);
    text(TAG, "", "template or JSON Pointer", "Tag")
        .doc(
            "The name of the tag: a template over the topic, or a JSON Pointer. Empty means"
                + " ${topic[-1]}, the last level. Has no effect where the values are an object,"
                + " whose members are named after their tags.")
        .addTo(definition);
    pointer(QUALITY, "Quality")
        .doc(
            "Where the quality is, as a JSON Pointer such as /q: a word that begins with good,"
                + " uncertain or bad, ok, valid, invalid, error, a boolean, a quality of OPC"
                + " Classic (192 is good, 64 uncertain, 0 bad) or, beyond 255, a status code of"
                + " OPC UA. Anything else is UNCERTAIN; a BAD measurement has no value. Without"
                + " it, and where the payload has none, values are GOOD.")
        .addTo(definition);
    text(QUALITY_MAP, "", "list such as 0:good,1:bad", "Quality map")
        .importance(Importance.LOW)
        .doc("What words and numbers of the quality mean, where it is not as above.")
        .addTo(definition);
    text(UNIT, "", "unit or JSON Pointer", "Unit")
        .importance(Importance.LOW)
        .doc("The unit of the values, such as °C, or where it is, as a JSON Pointer such as /unit.")
        .addTo(definition);
  }

  private static Option pointer(String key, String displayName) {
    return text(key, "", "", displayName)
        .validator(Checks.optional("JSON Pointer", text -> Field.pointer(key, text.trim())));
  }

  private static Option text(String key, String value, String valid, String displayName) {
    return Option.of(key, ConfigDef.Type.STRING)
        .defaultValue(value)
        .validator(Checks.optional(valid, text -> {}))
        .recommender(VisibleWhen.is(PayloadConfig.FORMAT, "measurement"))
        .group(GROUP)
        .displayName(displayName);
  }

  private static String typeNames() {
    return "one of " + AUTO + ", " + String.join(", ", configNames());
  }

  private static List<String> configNames() {
    return TYPES.stream().map(ValueType::configName).toList();
  }

  /** How measurements are found in the payloads of a line. */
  static MeasurementSettings parse(
      SubscriptionLine line, LineSettings settings, AbstractConfig config, String endpoint)
      throws LineException {
    Field.Pointers pointers = new Field.Pointers(settings);
    var samples = pointers.read("samples", SAMPLES);
    var values = pointers.read("values", VALUES);
    var value = pointers.read("value", VALUE);
    ValueReader reader =
        new ValueReader(
            type(settings),
            new Configuration(config).get(MappingConfig.RECORD_LAYOUT) == RecordLayout.VALUE);
    var time = pointers.read("time", TIME);
    String format = settings.text("time.format", TIME_FORMAT).orElse(AUTO);
    TimeReader.of(format, "UTC");
    String zone = settings.text("time.zone", TIME_ZONE).orElse("UTC");
    TimeReader timeReader = TimeReader.of(format, zone);
    if (values.isPresent() && settings.hasOwn("tag")) {
      throw new LineException("'values' names the tags already; remove 'tag' or 'values'");
    }
    Field tag = field(line, settings, "tag", TAG, "${topic[-1]}");
    boolean topicNamesTag = values.isEmpty() && tag instanceof Field.OfTopic;
    Field device =
        field(line, settings, "device", DEVICE, topicNamesTag ? "${topic[-2]}" : "${topic[-1]}");
    var quality = pointers.read("quality", QUALITY);
    QualityReader qualityReader =
        QualityReader.of(settings.text("quality.map", QUALITY_MAP).orElse(""));
    String unit = settings.text("unit", UNIT).orElse("");
    boolean unitInPayload = unit.startsWith("/");
    return new MeasurementSettings(
        mapping(line, settings, config),
        endpoint,
        samples,
        values,
        value.orElse(Field.WHOLE),
        reader,
        time,
        timeReader,
        device,
        tag,
        quality,
        qualityReader,
        unitInPayload ? Optional.of(Field.pointer("unit", unit)) : Optional.empty(),
        unitInPayload || unit.isEmpty() ? Optional.empty() : Optional.of(unit));
  }

  private static MappingSettings mapping(
      SubscriptionLine line, LineSettings settings, AbstractConfig config) throws LineException {
    Configuration keys = new Configuration(config);
    Template topic =
        line.topicTemplate(
            settings.text("topic", MappingConfig.TOPIC.name()).orElse(""),
            TopicVocabulary.MEASUREMENT);
    RecordKey key = settings.choice("key", MappingConfig.RECORD_KEY.name(), RecordKey.class);
    RecordLayout layout = keys.get(MappingConfig.RECORD_LAYOUT);
    return new MappingSettings(
        // A row is refused elsewhere.
        layout == RecordLayout.ROW ? RecordLayout.MEASUREMENT : layout,
        key,
        topic,
        keys.get(MappingConfig.UNS_PATH),
        MessageHeaders.MQTT);
  }

  private static Optional<ValueType> type(LineSettings settings) throws LineException {
    String text = settings.text("type", TYPE).orElse(AUTO).toLowerCase(Locale.ROOT);
    if (text.equals(AUTO)) {
      return Optional.empty();
    }
    for (ValueType type : TYPES) {
      if (type.configName().equals(text)) {
        return Optional.of(type);
      }
    }
    throw new LineException(
        "type="
            + text
            + ": must be "
            + typeNames()
            + Suggestion.of(text, configNames()).didYouMean());
  }

  private static Field field(
      SubscriptionLine line,
      LineSettings settings,
      String option,
      String key,
      String defaultTemplate)
      throws LineException {
    Optional<String> text = settings.text(option, key);
    if (text.isPresent() && text.get().startsWith("/")) {
      return new Field.OfPayload(Field.pointer(option, text.get()));
    }
    try {
      return new Field.OfTopic(line.template(text.orElse(defaultTemplate), TopicVocabulary.TOPIC));
    } catch (LineException e) {
      throw new LineException(option + ": " + e.getMessage());
    }
  }
}
