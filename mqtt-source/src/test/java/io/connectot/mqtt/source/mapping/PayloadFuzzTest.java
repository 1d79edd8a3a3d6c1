// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.connectot.mqtt.source.mapping.Mapped.Made;
import io.connectot.mqtt.transport.InboundMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever topic and payload a message has, it becomes records that Connect takes, or poison. */
@Tag("full")
class PayloadFuzzTest {
  private static final String[] LINES = {
    "format=bytes",
    "format=string compression=auto",
    "format=json key=/dev/id",
    "format=json compression=gzip key=none",
    "format=json json.schema=inferred",
    "format=measurement",
    "format=measurement value=/v time=/ts quality=/q unit=/u device=/dev/id type=float64",
    "format=measurement samples=/s value=/v time=/t time.format=iso",
    "format=measurement values=/m topic=${device}.${topic[-1]} type=string compression=zlib",
    "format=measurement time=/ts time.format=ns type=uint8 value=/v",
    "format=json json.schema=given",
    "format=measurement record.layout=value",
    "format=object time=/ts device=/dev/id,${topic[0]} map=ON:true,x:null type=*.b=float64",
    "format=object arrays=samples values=/m,/s value=/v quality=/q unit=/u on.error=skip"
        + " prefix=${topic[0]}. exclude=*.c",
    "format=object arrays=json topic=${/dev/id}.${path} separator=/ topic.separator=.",
    "format=measurement samples=/*/*/v tag=/n value=/v,/b on.error=poison",
    "format=csv csv.columns=a,-,b time=/a",
    "format=csv csv.delimiter=; csv.decimal=, time=/t",
    "format=lineprotocol",
    "format=ndjson time=/t type=float64",
    "format=senml",
    "format=opcua-json",
    "format=json topic=/dev/id key=${/u}.${/q} json.schema=inferred",
    "format=object on.error=poison arrays=json record.layout=value"
  };

  private static final String GIVEN =
      "{\"type\":\"struct\",\"fields\":["
          + "{\"field\":\"ts\",\"type\":\"int64\",\"name\":"
          + "\"org.apache.kafka.connect.data.Timestamp\",\"optional\":true},"
          + "{\"field\":\"v\",\"type\":\"double\",\"optional\":true},"
          + "{\"field\":\"q\",\"type\":\"int8\",\"default\":1},"
          + "{\"field\":\"u\",\"type\":\"bytes\",\"name\":"
          + "\"org.apache.kafka.connect.data.Decimal\",\"parameters\":{\"scale\":\"2\"},"
          + "\"optional\":true},"
          + "{\"field\":\"m\",\"type\":\"map\",\"keys\":{\"type\":\"string\"},\"values\":"
          + "{\"type\":\"string\",\"optional\":true},\"optional\":true}]}";

  private static final List<String> PAYLOADS =
      List.of(
          "{\"ts\":1700000000123,\"v\":21.5,\"q\":192,\"u\":\"bar\",\"dev\":{\"id\":\"p1\"}}",
          "{\"s\":[{\"v\":1,\"t\":\"2023-11-14T22:13:20Z\"},{\"v\":null,\"q\":\"bad\"}]}",
          "{\"m\":{\"a\":1,\"b\":true,\"c\":\"x\",\"d\":[1,2.5,null],\"e\":{\"f\":{}}}}",
          "[1,[2,[3,[]]],{\"a\":[{\"b\":1},{\"b\":\"x\"}]},18446744073709551616,1e308]",
          "[".repeat(201),
          "21.5",
          "-Infinity",
          "\"\\ud800\"",
          "ÄÖÜ€😀",
          "",
          "1795914262,21.5,48\r\n\"a;b\",,-1e3\n",
          "t;u;v\n28.11.2026 21:00:00,5;\"x\"\"y\";-1.234,5\n",
          "[{\"ts\":\"2026-W48-6T24:00"
              + " CET\",\"m\":{\"a\":1}},{\"ts\":\"20261128210000\",\"m\":2},3]",
          "weather,loc=a\\ b temp=21.5,n=3i,t=T,s=\"x\\\"y\" 1795914262000000000\n# c\nbad",
          "{\"t\":1795914262,\"v\":nan}\n{oops\n{\"t\":\"2026-11-28 21:00:00+0100\",\"v\":-inf}",
          "[{\"bn\":\"dev:\",\"bt\":1795914262,\"bv\":1,\"n\":\"a\",\"v\":2,\"u\":\"V\"},"
              + "{\"n\":\"b\",\"vb\":true,\"t\":-5},{\"s\":3},{\"x_\":1}]",
          "{\"PublisherId\":\"p\",\"Messages\":[{\"DataSetWriterId\":1,\"Payload\":{\"A\":{\"Value\":"
              + "{\"Type\":11,\"Body\":1.5},\"StatusCode\":{\"Code\":2147483648}},\"B\":2}}]}");

  /** In front of the payload: the line, how the payload is compressed, and the topic. */
  private static final String[] HEADS = {
    "0-plant/p1/temp\n",
    "1z/\n",
    "2-a//b\n",
    "3g$SYS/x\n",
    "4-plant/ö/ü\n",
    "5-x\n",
    "6-plant/./..\n",
    "7-plant\n",
    "8z\n",
    "9-p/" + "x".repeat(300) + "\n",
    ":-p/x\n",
    ";-p/y\n",
    "<-p/x\n",
    "=-p/x\n",
    ">-p/x\n",
    "?-p/x\n",
    "@-p/x\n",
    "A-p/x\n",
    "B-p/x\n",
    "Cz/x\n",
    "D-p/x\n",
    "E-p/x\n",
    "F-p/x\n",
    "G-p/x\n"
  };

  private static final Mapped[] FAILING =
      mappers("mqtt.payload.max.bytes", "100000", "mqtt.json.schema.text", GIVEN);
  private static final Mapped[] PUTTING_ASIDE =
      mappers(
          "mqtt.payload.max.bytes",
          "100000",
          "mqtt.json.schema.text",
          GIVEN,
          "mqtt.poison",
          "deadletter",
          "mqtt.deadletter.topic",
          "poison");

  static Stream<byte[]> seeds() {
    return PAYLOADS.stream()
        .flatMap(
            payload ->
                Arrays.stream(HEADS)
                    .map(head -> (head + payload).getBytes(StandardCharsets.UTF_8)));
  }

  @MethodSource("seeds")
  @DictionaryEntries({"\"ts\":", "\"dev\":", "\"s\":[", "\"m\":{", "\\u0000", "1e400", "NaN"})
  @DictionaryEntries({"nan", "-inf", "\"bn\":", "\"Messages\":[", " 1i", ",t=T", "\";\""})
  @DictionaryEntries({"2026-333", "W486", "Sat Nov 28 21:00:00 CET 2026", "/Date(1)/", "CEST"})
  @DictionaryEntries({"18446744073709551615", "-9223372036854775808", "2023-11-14T22:13:20Z"})
  @FuzzTest(maxDuration = "4s")
  void becomesRecordsOrPoison(byte[] data) throws IOException, PoisonMessageException {
    int end = 2;
    while (end < data.length && data[end] != '\n') {
      end++;
    }
    if (end >= data.length) {
      return;
    }
    int line = Math.floorMod(data[0] - '0', LINES.length);
    String topic = new String(data, 2, end - 2, StandardCharsets.UTF_8);
    byte[] payload = compressed(data[1], Arrays.copyOfRange(data, end + 1, data.length));
    InboundMessage message = Mapped.message(topic, payload);
    // Both see every message, because schemas grow with what came before.
    List<Made> made = PUTTING_ASIDE[line].map(message);
    RecordChecks.check(made);
    try {
      RecordChecks.check(FAILING[line].map(message));
    } catch (PoisonMessageException e) {
      assertThat(e).hasMessageContaining(topic);
      assertThat(made).hasSize(1);
      assertThat(made.get(0).topic()).isEqualTo("poison");
      assertThat(original(made.get(0))).isEqualTo(payload);
    }
  }

  /** The payload of a dead letter, which is Base64 for lines that make structures. */
  private static byte[] original(Made deadLetter) {
    return deadLetter.value() instanceof String text
        ? Base64.getDecoder().decode(text)
        : (byte[]) deadLetter.value();
  }

  private static Mapped[] mappers(String... settings) {
    return IntStream.range(0, LINES.length)
        .mapToObj(
            i -> {
              String[] all = Arrays.copyOf(settings, settings.length + 4);
              all[settings.length] = "subscriptions.all";
              all[settings.length + 1] = "# " + LINES[i].replace(" record.layout=value", "");
              all[settings.length + 2] = "record.layout";
              all[settings.length + 3] = LINES[i].endsWith("=value") ? "value" : "measurement";
              return new Mapped(all);
            })
        .toArray(Mapped[]::new);
  }

  private static byte[] compressed(byte how, byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        how == 'g'
            ? new GZIPOutputStream(bytes)
            : how == 'z' ? new DeflaterOutputStream(bytes) : bytes) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }
}
