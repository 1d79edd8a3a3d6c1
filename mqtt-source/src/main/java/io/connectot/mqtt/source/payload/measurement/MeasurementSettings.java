// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.measurement;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.mapping.settings.MappingSettings;
import io.connectot.core.mapping.settings.RecordLayout;
import io.connectot.core.mapping.template.NameTemplate;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.line.LineException;
import io.connectot.mqtt.source.payload.Format;
import io.connectot.mqtt.source.payload.LineSettings;
import io.connectot.mqtt.source.payload.MessageHeaders;
import io.connectot.mqtt.source.payload.document.CsvReader;
import io.connectot.mqtt.source.payload.document.DocumentReader;
import io.connectot.mqtt.source.payload.document.JsonDocumentReader;
import io.connectot.mqtt.source.payload.document.LineProtocolReader;
import io.connectot.mqtt.source.payload.document.NdjsonReader;
import io.connectot.mqtt.source.payload.document.SenmlReader;
import io.connectot.mqtt.source.payload.select.ByMember;
import io.connectot.mqtt.source.payload.select.PayloadVariables;
import io.connectot.mqtt.source.payload.select.Pointers;
import io.connectot.mqtt.source.payload.select.SamplePath;
import io.connectot.mqtt.source.payload.value.QualityReader;
import io.connectot.mqtt.source.payload.value.TimeReader;
import io.connectot.mqtt.source.subscription.LevelSeparator;
import io.connectot.mqtt.source.subscription.SubscriptionLine;
import io.connectot.mqtt.source.subscription.TopicVocabulary;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How measurements of one subscription are located in payloads. Immutable. */
public final class MeasurementSettings {
  private static final String OPCUA_MESSAGES = "/Messages";

  /** Decodes payloads. */
  final DocumentReader reader;

  /** The layout of the records. */
  final MappingSettings mapping;

  /** What stands for slashes in the Kafka topic. */
  final LevelSeparator separator;

  /** The fields of the payload in the Kafka topic. */
  final PayloadVariables topicFields;

  /** The brokers, for headers. */
  final String endpoint;

  final MessageHeaders headers;

  /** Empty if a document is one sample, or an array of them. */
  final Optional<SamplePath> samples;

  /** Whether a document without samples is itself one. */
  final boolean samplesOptional;

  /** Whether the members of {@link #roots} are the values; otherwise the sample has one value. */
  final boolean members;

  /** Whether nested objects and arrays are read; otherwise they are JSON. */
  final boolean nested;

  /** Objects of values, and single values. */
  final List<Pointers> roots;

  /** The value in the sample, or in a member. */
  final Pointers value;

  final MemberRules rules;
  final ArrayPolicy arrays;

  /** Null for none. */
  final NameSource prefix;

  /** Null for the receive time. */
  final TimeSource time;

  final TimeReader timeReader;
  final NameSource device;

  /** Not used with {@link #members}. */
  final NameSource tag;

  /** Null for GOOD. */
  final Pointers quality;

  final QualityReader qualityReader;

  /** Null if the payload has no units. */
  final Pointers unit;

  /** Which values become records. */
  final ReportPolicy report;

  final ErrorPolicy onError;

  /**
   * Reads the settings of a line.
   *
   * @throws LineException when they cannot work
   */
  public MeasurementSettings(
      SubscriptionLine line,
      Format format,
      LineSettings settings,
      LevelSeparator separator,
      Configuration config,
      String endpoint)
      throws LineException {
    Preset preset = new Preset(format, settings, config);
    this.endpoint = endpoint;
    this.headers = MessageHeaders.of(config, endpoint);
    this.onError = preset.get(MeasurementConfig.ON_ERROR);
    this.samplesOptional = format == Format.OPCUA_JSON && !preset.isSet(MeasurementConfig.SAMPLES);
    this.samples =
        samplesOptional
            ? Optional.of(SamplePath.parse(OPCUA_MESSAGES))
            : preset.get(MeasurementConfig.SAMPLES);
    Optional<Pointers> values = preset.get(MeasurementConfig.VALUES);
    Optional<String> tagText = preset.get(MeasurementConfig.TAG);
    if (values.isPresent() && settings.hasOwn("tag")) {
      throw new LineException("'values' names the tags already; remove 'tag' or 'values'");
    }
    this.members = values.isPresent() || (format != Format.MEASUREMENT && tagText.isEmpty());
    this.nested = format != Format.MEASUREMENT;
    refuseUseless(format, settings);
    this.roots = roots(values.orElse(Pointers.WHOLE));
    this.value = preset.get(MeasurementConfig.VALUE).orElse(Pointers.WHOLE);
    this.arrays = preset.get(MeasurementConfig.ARRAYS);
    Optional<String> timeText = preset.get(MeasurementConfig.TIME);
    this.time = timeText.isEmpty() ? null : TimeSource.parse(line, timeText.get());
    this.timeReader =
        new TimeReader(
            preset.get(MeasurementConfig.TIME_FORMAT), preset.get(MeasurementConfig.TIME_ZONE));
    this.tag = NameSource.parse(line, "tag", tagText.orElse("${topic[-1]}"));
    boolean topicNamesTag = !members && !tag.isInPayload();
    Optional<String> deviceText = preset.get(MeasurementConfig.DEVICE);
    this.device =
        NameSource.parse(
            line, "device", deviceText.orElse(topicNamesTag ? "${topic[-2]}" : "${topic[-1]}"));
    Optional<String> prefixText = preset.get(MeasurementConfig.TAG_PREFIX);
    this.prefix = prefixText.isEmpty() ? null : NameSource.parse(line, "prefix", prefixText.get());
    this.quality = preset.get(MeasurementConfig.QUALITY).orElse(null);
    this.qualityReader = preset.get(MeasurementConfig.QUALITY_MAP);
    ByMember<String> units = preset.get(MeasurementConfig.UNIT);
    ByMember<ValueType> types = preset.get(MeasurementConfig.TYPE);
    this.report =
        settings.report(
            types.isUniform() ? types.others().orElse(ValueType.FLOAT64) : ValueType.FLOAT64);
    RecordLayout layout = config.get(MappingConfig.RECORD_LAYOUT);
    this.separator = separator;
    this.mapping = mapping(line, settings, separator, config, layout);
    this.topicFields = PayloadVariables.of(mapping.topic());
    this.unit = unit(units);
    this.rules =
        new MemberRules(
            preset.get(MeasurementConfig.SEPARATOR),
            MeasurementConfig.globs(settings, MeasurementConfig.INCLUDE),
            MeasurementConfig.globs(settings, MeasurementConfig.EXCLUDE),
            types,
            units,
            preset.get(MeasurementConfig.MAP),
            fields(),
            layout == RecordLayout.VALUE);
    this.reader = reader(format, preset);
    checkSampleNames();
  }

  /** Where the unit of all members is; null for nowhere. */
  private static Pointers unit(ByMember<String> units) throws LineException {
    for (String named : units.named()) {
      if (named.startsWith("/")) {
        throw new LineException(
            "unit: the pointer "
                + named
                + " cannot be that of some members only; write unit=/unit for all of them, or a"
                + " constant unit such as unit=temp=°C");
      }
    }
    Optional<String> all = units.others().filter(text -> text.startsWith("/"));
    return all.isPresent() ? Pointers.parse(all.get()) : null;
  }

  private void checkSampleNames() throws LineException {
    int wildcards = samples.map(SamplePath::wildcards).orElse(0);
    device.check(wildcards);
    tag.check(wildcards);
    topicFields.check("topic", wildcards);
    if (prefix != null) {
      prefix.check(wildcards);
    }
    if (time != null) {
      time.check(wildcards);
    }
  }

  /** Refuses options without an effect. */
  private void refuseUseless(Format format, LineSettings settings) throws LineException {
    if (format != Format.CSV) {
      refuse(List.of("csv.columns", "csv.delimiter", "csv.decimal"), "format=csv", settings);
    }
    if (!members || !nested) {
      refuse(
          List.of("separator", "arrays"), "a format of whole documents, such as object", settings);
    }
    if (!members) {
      refuse(List.of("prefix"), "members as values; write it in 'tag'", settings);
    }
  }

  private static void refuse(List<String> options, String needed, LineSettings settings)
      throws LineException {
    for (String option : options) {
      if (settings.hasOwn(option)) {
        throw new LineException("option '" + option + "' needs " + needed);
      }
    }
  }

  private static List<Pointers> roots(Pointers values) {
    return values.list().stream().map(one -> new Pointers(List.of(one))).toList();
  }

  /** The parts of a sample that options other than the value read. */
  private Set<String> fields() {
    Set<String> fields = new HashSet<>();
    if (time != null) {
      add(time.fields(), fields);
    }
    add(quality, fields);
    add(unit, fields);
    add(device.fields(), fields);
    add(topicFields.locations(), fields);
    if (prefix != null) {
      add(prefix.fields(), fields);
    }
    return fields;
  }

  private void add(Collection<Pointers> all, Set<String> fields) {
    all.forEach(pointers -> add(pointers, fields));
  }

  private void add(Pointers pointers, Set<String> fields) {
    if (pointers != null) {
      for (Pointers.Location location : pointers.list()) {
        // What is in the document is not in the samples of a path.
        if (!location.ofDocument() || samples.isEmpty()) {
          fields.add(location.toString());
        }
      }
    }
  }

  private DocumentReader reader(Format format, Preset preset) throws LineException {
    boolean strict = onError == ErrorPolicy.POISON;
    return switch (format) {
      case NDJSON -> new NdjsonReader(strict);
      case SENML -> new SenmlReader(strict);
      case LINEPROTOCOL -> new LineProtocolReader();
      case CSV ->
          new CsvReader(
              preset.get(MeasurementConfig.CSV_COLUMNS),
              preset.get(MeasurementConfig.CSV_DELIMITER),
              preset.get(MeasurementConfig.CSV_DECIMAL));
      default -> new JsonDocumentReader(strict, allowsBareText());
    };
  }

  private static MappingSettings mapping(
      SubscriptionLine line,
      LineSettings settings,
      LevelSeparator separator,
      Configuration config,
      RecordLayout layout)
      throws LineException {
    NameTemplate topic =
        line.topicTemplate(
            TopicVocabulary.asTemplate(settings.get("topic", MappingConfig.TOPIC)),
            TopicVocabulary.MEASUREMENT);
    return new MappingSettings(
        // ROW is refused for the whole connector.
        layout == RecordLayout.ROW ? RecordLayout.MEASUREMENT : layout,
        settings.get("key", MappingConfig.RECORD_KEY),
        separator.ofRecords(topic),
        MappingConfig.origin(config, MessageHeaders.MQTT),
        MappingConfig.form(config));
  }

  /** Whether a payload may be a bare value that is not JSON, such as ON. */
  private boolean allowsBareText() {
    boolean whole = samples.isEmpty() && roots.get(0).isWhole() && value.isWhole();
    return whole
        && (members
            || (time == null
                && quality == null
                && unit == null
                && !device.isInPayload()
                && !tag.isInPayload()));
  }
}
