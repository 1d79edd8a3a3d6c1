// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.config.validation;

import static io.connectot.core.config.validation.Configs.ABSENT;
import static io.connectot.core.config.validation.Configs.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.contract.tally.TallyProtocol;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectorValidatorTest {
  @Test
  void refusesNothingThatWorks() {
    assertThat(Configs.errors(with())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void blamesTheKey(Mistake mistake) {
    mistake.check();
  }

  static Stream<Mistake> blamesTheKey() {
    return Stream.of(
        key("empty topic", "topic", " ", "must not be empty", "e.g. plant.${device}"),
        key("mistyped variable", "topic", "p.${devcie}", "${devcie}", "did you mean ${device}?"),
        key(
            "strange variable",
            "topic",
            "p.${line}",
            "${line}",
            "use one of ${device}",
            "${plant}"),
        key("open variable", "topic", "p.${device", "no closing '}'"),
        key("illegal topic", "topic", "..", "'..'", "not a legal Kafka topic"),
        key("long topic", "topic", "t".repeat(250), "250 characters", "Kafka allows 249"),
        key("illegal character", "topic", "a b/c", "a blank and '/'", "use letters, digits"),
        key("illegal character", "status.topic", "a b/c", "a blank and '/'", "use letters"),
        key("illegal character", "gap.topic", "gaps+", "'+'", "use letters, digits"),
        key("long gap topic", "gap.topic", "t".repeat(250), "250 characters", "allows 249"),
        key("dots", "gap.topic", "..", "'..'", "not a legal Kafka topic"),
        key("Kafka's own", "topic", "__plant", "begins with '__'", "choose another"),
        key("Kafka's own", "status.topic", "__${device}", "begins with '__'", "choose another"),
        key("topic of values", "status.topic", "plant.press1", "topic makes too", "one schema"),
        key("topic of values", "gap.topic", "plant.${device}", "topic makes too", "one schema"),
        key("topic as good as that of values", "gap.topic", "plant_press2", "only in '.' and '_'"),
        key("heartbeat in seconds", "status.heartbeat.ms", "60", "from 1000 to 86400000"),
        key("status topic of a tag", "status.topic", "s.${tag}", "${tag}", "use one of ${device}"),
        key(
            "unknown layout",
            "record.layout",
            "rwo",
            "one of measurement, value, row",
            "mean row?"),
        key("unknown record key", "record.key", "paths", "must be one of", "did you mean path?"),
        key("empty level", "uns.path", "acme//munich", "empty level", "acme/munich/press-shop"),
        key("template", "uns.path", "acme/${device}/${tag}", "no template", "acme/munich"),
        key("negative interval", "poll.interval.ms", "-1", "from 1 to 86400000"),
        key("interval of 0", "poll.interval.ms", "0", "from 1 to 86400000"),
        key("interval with a unit", "poll.interval.ms", "1s", "Not a number"),
        key("no threads", "poll.threads", "0", "from 1 to 512"),
        key("a word for a number", "buffer.max.records", "many", "Not a number"),
        key("tiny buffer", "buffer.max.bytes", "10", "from 1024 to"),
        key("unknown report", "report", "change", "all, changes", "did you mean changes?"),
        key("deadband without changes", "deadband", "5%", "no effect", "add report=changes"),
        key("heartbeat without changes", "heartbeat.ms", "500", "no effect", "add report=changes"),
        key("negative heartbeat", "heartbeat.ms", "-5", "from 0 to"),
        key("no pause", "reconnect.backoff.ms", "0", "from 1 to"),
        key("longest pause too short", "reconnect.backoff.max.ms", "500", "less than", "raise"),
        key("neither true nor false", "validate.connection", "yes", "true or false"),
        key("neither true nor false", "quality.on.disconnect", "bad", "true or false"),
        key("port out of range", "fake.port", "70000", "from 1 to 65535"),
        key("port no number", "fake.port", "http", "Not a number"),
        key("contradiction", "fake.user", "joe", "without fake.user.password", "add it"),
        key("contradiction", "fake.user.password", "x", "without fake.user", "add it"),
        key("mistyped key", "poll.intervall.ms", "5", "did you mean poll.interval.ms?"),
        key("mistyped own key", "fake.prot", "5", "did you mean fake.port?"),
        key("wrong case", "Topic", "x", "did you mean topic?"),
        key("key of a sink", "topics", "x", "did you mean topic?"),
        key(
            "stranger in our family",
            "fake.tls.version",
            "x",
            "unknown key",
            "fake.browse, fake.port"),
        key("mistyped key of Connect", "task.max", "2", "unknown key", "did you mean tasks.max?"),
        key("stranger in our family", "buffer.size", "x", "unknown key", "buffer.max.records"),
        key("without its unit", "poll.interval", "5", "did you mean poll.interval.ms?"),
        key("mistyped and without its unit", "poll.intervall", "5", "mean poll.interval.ms?"),
        key("without a level", "fake.password", "x", "did you mean fake.user.password?"),
        key("with a level too many", "record.key.layout", "x", "unknown key"),
        key("stranger of the length of others", "fake.post", "x", "did you mean fake.port?"),
        key("stranger of the length of others", "fake.host", "x", "valid keys are fake.browse"),
        key("stranger among many", "reconnect.foo", "x", "unknown key", "reconnect.backoff.ms"),
        key("TLS without TLS", "ssl.protocol", "x", "no keys that begin with ssl."),
        key("singular of tags", "tag.level", "reg:1", "did you mean tags.level?"),
        key("singular of devices", "device.oven", "fake://x", "did you mean devices.oven?"));
  }

  @Test
  void namesTheLineOfAValueOfManyLines() {
    Map<String, List<String>> errors =
        Configs.errors(
            with(
                "devices", "press3=fake://dead\npress4=nonsense",
                "tags", "speed=reg:7 flaot32\n\njust words\nlevel=hold:8\ntemperature=reg:1"));

    assertThat(errors).containsOnlyKeys("devices", "tags", "tags.temperature");
    assertThat(errors.get("tags.temperature"))
        .singleElement()
        .asString()
        .contains("also defined by tags line 5");
    assertThat(errors.get("devices"))
        .singleElement()
        .asString()
        .contains("devices: line 2 (press4)", "must be fake://");
    assertThat(errors.get("tags"))
        .satisfiesExactlyInAnyOrder(
            error -> assertThat(error).contains("line 3: 'just words' has no name"),
            error -> assertThat(error).contains("line 1 (speed)", "did you mean float32?"),
            error -> assertThat(error).contains("line 4 (level)", "must be like reg:100"),
            error -> assertThat(error).contains("line 5", "temperature", "tags.temperature"));
    assertThat(Configs.errors(with("devices", "press3=fake://dead")))
        .containsOnlyKeys("devices")
        .allSatisfy(
            (key, messages) -> assertThat(messages.get(0)).contains("line 1 (press3)", "refused"));
    assertThat(Configs.errors(with("tags", "gone=reg:404", "validate.tags", "true")))
        .containsOnlyKeys("tags");
  }

  @Test
  void namesTagsThatCannotBeReadWhenAskedTo() {
    Map<String, String> props = with("tags.gone", "reg:404");

    assertThat(Configs.errors(props)).isEmpty();
    props.put("validate.tags", "true");
    assertThat(Configs.errors(props))
        .containsOnlyKeys("tags.gone")
        .allSatisfy(
            (key, messages) ->
                assertThat(messages.get(0))
                    .contains("cannot be read", "device 'press", "2 ILLEGAL_DATA_ADDRESS")
                    .contains("validate.tags=false"));
  }

  @ParameterizedTest
  @MethodSource
  void blamesTheLine(Mistake mistake) {
    mistake.check();
  }

  static Stream<Mistake> blamesTheLine() {
    return Stream.of(
        tag("empty", " ", "is empty", "write <address>"),
        tag("no address", "\"\" float32", "no address", "write <address>"),
        tag("wrong address", "hold:1", "'hold:1'", "must be like reg:100"),
        tag("mistyped type", "reg:1 flaot32", "unknown type 'flaot32'", "did you mean float32?"),
        tag("mistyped type option", "reg:1 type=flaot32", "'flaot32'", "did you mean float32?"),
        tag("type twice", "reg:1 int16 type=float32", "has a type twice", "remove one of them"),
        tag("mistyped option", "reg:1 ordr=CDAB", "unknown option 'ordr'", "did you mean order?"),
        tag(
            "unknown option",
            "reg:1 colour=red",
            "'colour'",
            "valid options are deadband, heartbeat"),
        tag("option of others", "reg:1 float32 length=3", "does not apply", "remove it"),
        tag("unknown choice", "reg:1 float32 order=DCBA", "must be one of abcd, cdab"),
        tag("out of range", "reg:1 string length=999", "whole number from 1 to 250"),
        tag("option twice", "reg:1 unit=a unit=b", "'unit' is given twice"),
        tag("option without value", "reg:1 unit= scale=2", "'unit' has no value"),
        tag("unit with a blank", "reg:1 float32 unit=m3 / h", "'/' is not an option", "in quotes"),
        tag("open quote", "reg:1 unit=\"m3", "quote at character 12", "is not closed"),
        tag("text after a quote", "reg:1 unit=\"m3\"h", "blank is missing after the quote"),
        tag("scale no number", "reg:1 scale=x", "scale=x", "number such as 0.1"),
        tag("decimal comma", "reg:1 scale=0,1", "scale=0,1", "number such as 0.1"),
        tag("scale of 0", "reg:1 scale=0", "every value the same", "leave it out"),
        tag("scaled text", "reg:1 string scale=2", "scale needs a number", "is string"),
        tag("offset of a flag", "reg:1 boolean offset=2", "offset needs a number", "is boolean"),
        tag("deadband of a flag", "reg:1 boolean deadband=2", "needs a number", "is boolean"),
        tag("negative deadband", "reg:1 deadband=-2%", "deadband=-2%", "such as 5%"),
        tag("deadband no number", "reg:1 deadband=NaN", "deadband=NaN", "such as 5%"),
        tag("deadband for all", "reg:1 report=all deadband=1", "no effect", "report=changes"),
        tag("heartbeat for all", "reg:1 report=all heartbeat=1s", "no effect", "report=changes"),
        tag("unknown report", "reg:1 report=often", "must be one of all, changes"),
        tag("interval of 0", "reg:1 interval=0s", "interval=0s", "such as 250ms"),
        tag("negative interval", "reg:1 interval=-1s", "interval=-1s", "such as 250ms"),
        tag("unknown unit of time", "reg:1 interval=2w", "interval=2w", "such as 250ms"),
        tag("endless interval", "reg:1 interval=99999999999h", "at most 24 h"),
        tag("endless heartbeat", "reg:1 heartbeat=99999999999h", "at most 168 h"),
        tag("mistyped device", "reg:1 device=press3", "no device 'press3'", "did you mean press1?"),
        tag(
            "unknown device",
            "reg:1 device=oven",
            "no device 'oven'",
            "configured devices are press1, press2"),
        tag("half a list", "reg:1 device=press1|", "empty name", "press1|"),
        line("no URL", "devices.press1", " ", "has no url", "write <url>"),
        line("wrong scheme", "devices.press1", "http://x", "must be fake://<host>"),
        line("wrong port", "devices.press1", "fake://x:99999", "port '99999'", "1 to 65535"),
        line(
            "bug of a protocol",
            "devices.press1",
            "fake://bug",
            "cannot be parsed",
            "check its syntax"),
        line("slash in a name", "tags.a/b", "reg:1", "contains a '/'", "use '_' or '.'"),
        line("slash in a name", "devices.a/b", "fake://x", "contains a '/'", "use '_' or '.'"),
        line("no name", "tags.", "reg:1", "tag has no name", "tags.<name>"),
        line("no name", "devices.", "fake://x", "device has no name", "devices.<name>"),
        line("blank before a name", "tags. x", "reg:1", "begins or ends with a blank"),
        line("long name", "tags." + "x".repeat(201), "reg:1", "201 characters", "at most 200"),
        line("control character", "tags.a\u0007b", "reg:1", "control character"));
  }

  @ParameterizedTest
  @MethodSource
  void blamesOneOfSeveralKeys(Mistake mistake) {
    mistake.check();
  }

  static Stream<Mistake> blamesOneOfSeveralKeys() {
    String row = "record.layout";
    return Stream.of(
        Mistake.of(
            "no devices",
            with("devices.press1", ABSENT, "devices.press2", ABSENT),
            "devices.file",
            "there are no devices",
            "add a line devices.<name>=<url>"),
        Mistake.of(
            "no tags",
            with("tags.temperature", ABSENT, "tags.running", ABSENT),
            "tags.file",
            "there are no tags",
            "add a line tags.<name>=<address>"),
        Mistake.of(
            "a device without tags",
            with("tags.temperature", "reg:1 device=press1", "tags.running", "reg:2 device=press1"),
            "tags.file",
            "device 'press2' has no tags",
            "add tags for it"),
        Mistake.of(
            "a row for a tag",
            with(row, "row", "topic", "p.${tag}"),
            "topic",
            "unknown variable ${tag}",
            "use one of ${device}"),
        Mistake.of(
            "bare values without headers",
            with("record.layout", "value", "record.headers", "none"),
            "record.headers",
            "loses tag, time and quality",
            "use ot"),
        Mistake.of(
            "attributes in headers without headers",
            with("record.attributes", "headers", "record.headers", "none"),
            "record.headers",
            "loses the attributes",
            "use ot"),
        Mistake.of(
            "a row's own field",
            with(row, "row", "tags.event_time", "reg:1"),
            "tags.event_time",
            "column 'event_time' of its own",
            "rename the tag"),
        Mistake.of(
            "one field of two tags",
            with(row, "row", "tags.oil temp", "reg:1", "tags.oil-temp", "reg:2"),
            "tags.oil-temp",
            "of it and of tag 'oil temp'",
            "rename one"),
        Mistake.of(
            "wrong deadband",
            with("report", "changes", "deadband", "5%%"),
            "deadband",
            "must be a number",
            "such as 5%"),
        Mistake.of(
            "a topic too long for one tag",
            with("topic", "${device}." + "x".repeat(231) + ".${tag}"),
            "topic",
            "Kafka allows 249",
            "temperature"),
        Mistake.of(
            "one topic of statuses and gaps",
            with("status.topic", "news", "gap.topic", "news"),
            "gap.topic",
            "status.topic makes too",
            "a topic has one schema"),
        Mistake.of(
            "one topic of statuses and gaps of some devices",
            with("status.topic", "news.${device}", "gap.topic", "news.press2"),
            "gap.topic",
            "'news.press2'",
            "status.topic makes too"),
        Mistake.of(
            "a topic of one tag that is that of all statuses",
            with("topic", "plant.${tag}", "status.topic", "plant.running"),
            "status.topic",
            "'plant.running'",
            "topic makes too"),
        Mistake.of(
            "tags whose topics Kafka does not tell apart",
            with("topic", "plant.${tag}", "tags.a_b", "reg:1", "tags.a.b", "reg:2"),
            "topic",
            "'plant.a_b'",
            "'plant.a.b'",
            "only in '.' and '_'",
            "rename one"),
        Mistake.of(
            "a device that makes a topic of Kafka",
            with("topic", "${device}", "devices.__x", "fake://x"),
            "topic",
            "device __x",
            "begins with '__'"),
        Mistake.of(
            "a status topic too long for one device",
            with("status.topic", "${device}." + "x".repeat(240), "devices.a long one", "fake://x"),
            "status.topic",
            "Kafka allows 249",
            "a long one"),
        Mistake.of(
            "a device that is not there",
            with("devices.press2", "fake://dead:1"),
            "devices.press2",
            "connection refused",
            "validate.connection=false"));
  }

  @Test
  void needsATopic() {
    assertThat(Configs.errors(with("topic", ABSENT))).containsOnlyKeys("topic");
    Map<String, String> props = with();
    props.put("topic", null);
    assertThat(Configs.errors(props)).containsOnlyKeys("topic");
  }

  @Test
  void tellsOfEveryMistakeAtOnce() {
    Map<String, List<String>> errors =
        Configs.errors(
            with("poll.interval.ms", "0", "tags.a", "reg:x", "devices.b", "x", "poll.thread", "1"));

    assertThat(errors).containsOnlyKeys("poll.interval.ms", "tags.a", "devices.b", "poll.thread");
  }

  @Test
  void refusesRowsOfDevicesThatSpeakFirst() {
    Map<String, List<String>> errors =
        Configs.errors(
            new TallyProtocol(),
            Map.of(
                "topic", "t",
                "tally.mode", "streamed",
                "record.layout", "row",
                "devices.hall", "tally://hall",
                "tags.count", "3"));

    assertThat(errors).containsOnlyKeys("record.layout");
    assertThat(errors.get("record.layout").get(0))
        .contains("row needs scans")
        .contains("use measurement or value");
  }

  @Test
  void needsNoTagsWhereTheProtocolFindsThem() {
    assertThat(
            Configs.errors(
                with("fake.browse", "true", "tags.temperature", ABSENT, "tags.running", ABSENT)))
        .isEmpty();
  }

  @Test
  void connectsOnlyWhenAllElseIsRightAndAsked() {
    Map<String, String> dead = with("devices.press2", "fake://dead");

    assertThat(Configs.errors(dead)).containsOnlyKeys("devices.press2");
    dead.put("validate.connection", "false");
    assertThat(Configs.errors(dead)).isEmpty();
    dead.put("validate.connection", "true");
    dead.put("poll.interval.ms", "0");
    assertThat(Configs.errors(dead)).containsOnlyKeys("poll.interval.ms");
  }

  @Test
  void neverQuotesWhatMayBeSecret() {
    assertThat(Configs.errors(with("devices.press1", "fake://bug")).toString())
        .doesNotContain("secret");
    assertThat(Configs.errors(with("fake.user.password", "secret")).toString())
        .doesNotContain("secret");
  }

  private static Mistake key(String what, String key, String value, String... says) {
    return Mistake.of(key + ": " + what, with(key, value), key, says);
  }

  private static Mistake line(String what, String key, String value, String... says) {
    return key(what, key, value, says);
  }

  private static Mistake tag(String what, String line, String... says) {
    return key(what, "tags.temperature", line, says);
  }
}
