// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Payload formats other than JSON documents. */
class FormatsTest {
  private static List<String> map(String line, String payload) throws Exception {
    return Measured.line("s/+ " + line).of("s/a", payload);
  }

  @Test
  void csvHasARowPerLine() throws Exception {
    String line = "format=csv csv.columns=time,temperature,humidity time=/time unit=temp*=°C";
    assertThat(map(line, "1795914262,21.5,48"))
        .containsExactly(
            "a temperature = 21.5 °C, 2026-11-29T01:04:22Z",
            "a humidity = 48, 2026-11-29T01:04:22Z");
    assertThat(map(line, "1795914262,21.5,48\r\n\r\nnever,-3,\n1795914263,x,49,7\n"))
        .containsExactly(
            "a temperature = 21.5 °C, 2026-11-29T01:04:22Z",
            "a humidity = 48, 2026-11-29T01:04:22Z",
            "a temperature = -3 °C, receipt, UNCERTAIN BAD_TIME: \"never\" is not a time");
    assertThat(map(line, "1795914262,21.5,48,,\n1795914263,21,5,48"))
        .containsExactly(
            "a temperature = 21.5 °C, 2026-11-29T01:04:22Z",
            "a humidity = 48, 2026-11-29T01:04:22Z");
    assertThatThrownBy(() -> map(line + " on.error=poison", "1795914262,21.5,48,49"))
        .hasMessageContaining("row 1")
        .hasMessageContaining("4 cells, and 3 columns are named");
    assertThat(
            map(
                "format=csv csv.delimiter=; device=/id",
                "id;t;on;note\np1;1e3;TRUE;\"a;b\"\np2;;;021\n"))
        .containsExactly(
            "p1 t = 1000.0, receipt",
            "p1 on = true, receipt",
            "p1 note = \"a;b\", receipt",
            "p2 note = \"021\", receipt");
    assertThat(map("format=csv time=/time", "\uFEFFtime,temp\n1795914262,21.5"))
        .containsExactly("a temp = 21.5, 2026-11-29T01:04:22Z");
    assertThat(map("format=csv csv.columns=date,t time=/date", "20261128,21.5"))
        .containsExactly("a t = 21.5, 2026-11-28T00:00:00Z");
    assertThat(map("format=csv csv.columns=n,v tag=/n value=/v", "temp,1\nhum,2"))
        .containsExactly("a temp = 1, receipt", "a hum = 2, receipt");
    assertThat(map("format=csv csv.columns=a,-,b csv.delimiter=tab", "1\t2\t3"))
        .containsExactly("a a = 1, receipt", "a b = 3, receipt");
    assertThat(
            map(
                "format=csv csv.delimiter=; csv.decimal=, csv.columns=date,clock,t,note"
                    + " time=\"${/date} ${/clock}\" time.format=\"dd.MM.yyyy HH:mm:ss\""
                    + " exclude=date,clock",
                "28.11.2026;21:28:12;-21,5;a,b"))
        .containsExactly(
            "a t = -21.5, 2026-11-28T21:28:12Z", "a note = \"a,b\", 2026-11-28T21:28:12Z");
    assertThatThrownBy(() -> map(line, "\"unclosed"))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageContaining("not CSV");
  }

  @Test
  void lineProtocolNamesItsDevices() throws Exception {
    assertThat(map("format=lineprotocol", "weather,loc=a temp=21.5 1795914262000000000"))
        .containsExactly("weather/a temp = 21.5, 2026-11-29T01:04:22Z");
    assertThat(
            map(
                "format=lineprotocol",
                """
                # comment

                m,b=2,a=1\\ x v=1i,u=2u,s="a \\"b\\", c",t=T,n=-1e3
                broken line
                plain f=false 1795914262\r
                """))
        .containsExactly(
            "m/1 x/2 v = 1, receipt",
            "m/1 x/2 u = 2, receipt",
            "m/1 x/2 s = \"a \"b\", c\", receipt",
            "m/1 x/2 t = true, receipt",
            "m/1 x/2 n = -1000.0, receipt",
            "plain f = false, 2026-11-29T01:04:22Z");
    assertThat(
            map(
                "format=lineprotocol device=/tags/host prefix=${/measurement}.",
                "cpu,host=h1,cpu=0 usage=5"))
        .containsExactly("h1 cpu.usage = 5.0, receipt");
    assertThat(map("format=lineprotocol", "cpu usage=abc,idle=5,free=nan,max=-inf"))
        .containsExactly(
            "cpu idle = 5.0, receipt", "cpu free = NaN, receipt", "cpu max = -Infinity, receipt");
    assertThatThrownBy(() -> map("format=lineprotocol on.error=poison", "cpu usage=abc,idle=5"))
        .hasMessageContaining("line 1")
        .hasMessageContaining("'abc' is not a number");
    assertThatThrownBy(() -> map("format=lineprotocol", "cpu usage=abc"))
        .hasMessageContaining("line 1")
        .hasMessageContaining("'abc' is not a number");
    assertThatThrownBy(() -> map("format=lineprotocol on.error=poison", "a b=1\nc"))
        .hasMessageContaining("line 2");
  }

  @Test
  void ndjsonHasADocumentPerLine() throws Exception {
    assertThat(
            map(
                "format=ndjson time=/t",
                "{\"t\":1795914262,\"v\":1}\n\n{oops\r\n{\"t\":1795914263,\"v\":nan}"))
        .containsExactly("a v = 1, 2026-11-29T01:04:22Z", "a v = NaN, 2026-11-29T01:04:23Z");
    assertThat(map("format=ndjson tag=/n value=/v", "{\"n\":\"x\",\"v\":1}\n{\"n\":\"y\",\"v\":2}"))
        .containsExactly("a x = 1, receipt", "a y = 2, receipt");
    assertThatThrownBy(() -> map("format=ndjson", "{oops"))
        .hasMessageContaining("line 1 of the payload");
    assertThatThrownBy(() -> map("format=ndjson on.error=poison", "{\"v\":1}\n{oops"))
        .hasMessageContaining("line 2 of the payload");
  }

  @Test
  void senmlResolvesBaseValues() throws Exception {
    assertThat(
            map(
                "format=senml",
                "[{\"bn\":\"urn:dev:ow:10e2073a01080063:\",\"bt\":1795914262,\"bu\":\"A\",\"n\":\"voltage\","
                    + "\"u\":\"V\",\"v\":120.1},{\"n\":\"current\",\"t\":-5,\"v\":1.2},"
                    + "{\"n\":\"open\",\"vb\":true,\"t\":0.5},{\"n\":\"name\",\"vs\":\"pump\"},"
                    + "{\"n\":\"energy\",\"s\":7}]"))
        .containsExactly(
            "urn:dev:ow:10e2073a01080063 voltage = 120.1 V, 2026-11-29T01:04:22Z",
            "urn:dev:ow:10e2073a01080063 current = 1.2 A, 2026-11-29T01:04:17Z",
            "urn:dev:ow:10e2073a01080063 open = true A, 2026-11-29T01:04:22.500Z",
            "urn:dev:ow:10e2073a01080063 name = \"pump\" A, 2026-11-29T01:04:22Z",
            "urn:dev:ow:10e2073a01080063 energy.sum = 7 A*s, 2026-11-29T01:04:22Z");
    assertThat(map("format=senml", "[{\"n\":\"t\",\"v\":1,\"t\":-60},{\"n\":\"h\",\"v\":2}]"))
        .containsExactly("a t = 1, 2026-11-29T11:59:00.123456789Z", "a h = 2, receipt");
    assertThat(
            map("format=senml", "[{\"bn\":\"d/\",\"bv\":20,\"n\":\"x\",\"v\":1.5},{\"n\":\"y\"}]"))
        .containsExactly("d x = 21.5, receipt", "d y = 20, receipt");
    assertThat(map("format=senml", "[{\"n\":\"x\",\"v\":1},{\"n\":\"y\",\"v\":2,\"must_\":1},3]"))
        .containsExactly("a x = 1, receipt");
    assertThatThrownBy(() -> map("format=senml", "{\"v\":1}"))
        .hasMessageContaining("array of records");
  }

  @Test
  void opcUaPubSubMessagesAreRead() throws Exception {
    String message =
        "{\"MessageId\":\"1\",\"MessageType\":\"ua-data\",\"PublisherId\":\"p1\",\"Messages\":["
            + "{\"DataSetWriterId\":62541,\"Timestamp\":\"2026-11-28T21:00:00Z\",\"Payload\":{"
            + "\"Raw\":21.5,"
            + "\"Variant\":{\"Type\":11,\"Body\":3.5},"
            + "\"Value\":{\"Value\":{\"Type\":6,\"Body\":7},\"SourceTimestamp\":"
            + "\"2026-11-28T20:59:59Z\",\"StatusCode\":0},"
            + "\"Plain\":{\"Value\":true,\"StatusCode\":{\"Code\":2150891520,\"Symbol\":\"Bad\"}},"
            + "\"Unsure\":{\"UaType\":6,\"Value\":8,\"StatusCode\":{\"Code\":1073741824}}}}]}";
    assertThat(map("format=opcua-json", message))
        .containsExactly(
            "62541 Raw = 21.5, 2026-11-28T21:00:00Z",
            "62541 Variant = 3.5, 2026-11-28T21:00:00Z",
            "62541 Value = 7, 2026-11-28T20:59:59Z",
            "62541 Plain = null, 2026-11-28T21:00:00Z, BAD 2150891520",
            "62541 Unsure = 8, 2026-11-28T21:00:00Z, UNCERTAIN 1073741824");
    assertThat(
            map(
                "format=opcua-json device=${/PublisherId}/${/DataSetWriterName}",
                "{\"PublisherId\":\"p1\",\"DataSetWriterName\":\"w\",\"Payload\":{\"A\":1}}"))
        .containsExactly("p1/w A = 1, receipt");
    assertThat(
            map(
                "format=opcua-json",
                "{\"MessageType\":\"ua-data\",\"PublisherId\":\"p\",\"Messages\":[{\"DataSetWriterId\":1,"
                    + "\"MessageType\":\"ua-keepalive\"}]}"))
        .isEmpty();
  }
}
