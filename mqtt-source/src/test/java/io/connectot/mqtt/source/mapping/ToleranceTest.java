// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One bad part of a message does not cost the rest. */
class ToleranceTest {
  private static List<String> map(String line, String payload) throws Exception {
    return Measured.line("s/+ " + line).of("s/a", payload);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nan", "NaN", "NAN", "\"nan\""})
  void notANumberIsAValue(String nan) throws Exception {
    assertThat(map("format=object", "{\"t\":" + nan + ",\"text\":\"nan: \\\"nan\",\"h\":48}"))
        .containsExactly(
            "a t = NaN, receipt", "a text = \"nan: \"nan\", receipt", "a h = 48, receipt");
    assertThat(Measured.line("s/+/+ format=measurement").of("s/a/t", nan))
        .containsExactly("a t = NaN, receipt");
    assertThat(Measured.line("s/+/+ format=measurement type=float64").of("s/a/t", nan))
        .containsExactly("a t = NaN, receipt");
  }

  @ParameterizedTest
  @CsvSource({"inf, Infinity", "-Infinity, -Infinity", "-inf, -Infinity", "Infinity, Infinity"})
  void infinitiesAreValues(String written, String read) throws Exception {
    assertThat(map("format=object", "{\"t\":" + written + "}"))
        .containsExactly("a t = " + read + ", receipt");
  }

  @Test
  void aTextAmongNumbersIsBad() throws Exception {
    String payload = "{\"t\":21.5,\"h\":\"unavailable\",\"p\":\"1013.2\"}";
    assertThat(map("format=object type=float64", payload))
        .containsExactly(
            "a t = 21.5, receipt",
            "a h = null, receipt, BAD BAD_TYPE: \"unavailable\" is not float64",
            "a p = 1013.2, receipt");
    assertThat(map("format=object type=float64 on.error=skip", payload))
        .containsExactly("a t = 21.5, receipt", "a p = 1013.2, receipt");
    assertThatThrownBy(() -> map("format=object type=float64 on.error=poison", payload))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageContaining("'h'")
        .hasMessageContaining("\"unavailable\" is not float64");
    assertThat(map("format=object type=t=uint8,int16", "{\"t\":300,\"x\":1e300,\"y\":true}"))
        .containsExactly(
            "a t = null, receipt, BAD BAD_TYPE: 300 is not uint8",
            "a x = null, receipt, BAD BAD_TYPE: 1.0E300 is not int16",
            "a y = null, receipt, BAD BAD_TYPE: true is not int16");
    assertThat(map("format=object type=float32", "{\"t\":1e39,\"x\":\"-inf\",\"y\":0.1}"))
        .containsExactly(
            "a t = null, receipt, BAD BAD_TYPE: 1.0E39 is not float32",
            "a x = -Infinity, receipt",
            "a y = 0.1, receipt");
    assertThat(map("format=object", "{\"t\":1e999,\"h\":1}"))
        .containsExactly(
            "a t = null, receipt, BAD OUT_OF_RANGE: a number is beyond the range of 64 bits",
            "a h = 1, receipt");
  }

  @Test
  void aSampleWithABadTimeHasTheTimeOfReceipt() throws Exception {
    String payload =
        "{\"s\":[{\"v\":1,\"t\":1795914262},{\"v\":2,\"t\":\"bad\"},{\"v\":3,\"t\":1795914264}]}";
    String line = "format=measurement samples=/s value=/v time=/t tag=v device=${1}";
    assertThat(map(line, payload))
        .containsExactly(
            "a v = 1, 2026-11-29T01:04:22Z",
            "a v = 2, receipt, UNCERTAIN BAD_TIME: \"bad\" is not a time",
            "a v = 3, 2026-11-29T01:04:24Z");
    assertThat(map(line + " on.error=skip", payload))
        .containsExactly("a v = 1, 2026-11-29T01:04:22Z", "a v = 3, 2026-11-29T01:04:24Z");
    assertThatThrownBy(() -> map(line + " on.error=poison", payload))
        .isInstanceOf(PoisonMessageException.class);
    assertThat(map("format=object time=/t", "{\"t\":{\"x\":1},\"v\":true}"))
        .containsExactly("a v = true, receipt, UNCERTAIN BAD_TIME: {\"x\":1} is not a time");
  }

  @Test
  void aSampleWithoutANameMakesNoRecord() throws Exception {
    String line = "format=measurement samples=/s value=/v tag=/n";
    assertThat(
            map(
                line,
                "{\"s\":[{\"v\":1},{\"v\":2,\"n\":\"x\"},{\"n\":\"y\"},{\"v\":3,\"n\":\"\"}]}"))
        .containsExactly("a x = 2, receipt");
    assertThatThrownBy(() -> map(line, "{\"s\":[{\"v\":1}]}"))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageContaining("nothing at /n");
    assertThat(map(line + " on.error=skip", "{\"s\":[{\"v\":1}]}")).isEmpty();
  }

  @Test
  void anEmptyNameIsAbsent() throws Exception {
    assertThat(map("format=object device=/id,${topic[-1]}", "{\"id\":\" \",\"v\":1}"))
        .containsExactly("a v = 1, receipt");
  }

  @Test
  void aBadQualityWithoutAValueIsBad() throws Exception {
    assertThat(
            map(
                "format=opcua-json",
                "{\"Messages\":[{\"DataSetWriterId\":1,\"Payload\":{"
                    + "\"b\":{\"StatusCode\":2147483648},"
                    + "\"c\":{\"StatusCode\":{\"Code\":2147483648,\"Symbol\":\"Bad\"}},"
                    + "\"d\":{\"Value\":1}}}]}"))
        .containsExactly(
            "1 b = null, receipt, BAD 2147483648",
            "1 c = null, receipt, BAD 2147483648",
            "1 d = 1, receipt");
    assertThat(
            map(
                "format=object value=/v quality=/q",
                "{\"g\":{\"q\":0,\"x\":{\"v\":1,\"q\":192},\"y\":{\"q\":0}}}"))
        .containsExactly(
            "a g.q = 0, receipt", "a g.x = 1, receipt", "a g.y = null, receipt, BAD 0");
  }

  @Test
  void oddJsonIsRead() throws Exception {
    assertThat(map("format=object", "{\"t\":1,\"t\":2}")).containsExactly("a t = 2, receipt");
    assertThat(map("format=object", "{\"t\":1}\0")).containsExactly("a t = 1, receipt");
    assertThat(map("format=object", "\uFEFF{\"t\":1}")).containsExactly("a t = 1, receipt");
    assertThat(map("format=measurement", "\uFEFFON")).containsExactly("s a = \"ON\", receipt");
    assertThatThrownBy(() -> map("format=object on.error=poison", "{\"t\":1,\"t\":2}"))
        .hasMessageContaining("'t' occurs twice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"t\":unavailable,\"h\":48}; \"unavailable\"",
        "{\"t\": N/A ,\"h\":48}; \"N/A\"",
        "{\"t\":2026-11-28T21:00:00Z,\"h\":48}; \"2026-11-28T21:00:00Z\"",
        "{\"t\":--,\"h\":48}; \"--\"",
        "{\"t\":1.#QNAN,\"h\":48}; \"1.#QNAN\"",
        "{\"t\":0x1F,\"h\":48,}; \"0x1F\"",
        "{\"t\":True,\"h\":48}; true",
        "{\"t\":021.5,\"h\":48}; 21.5",
        "{\"t\":+21.5,\"h\":48}; 21.5",
        "{\"t\":-.5,\"h\":48}; -0.5",
        "{\"t\":21.,\"h\":48}; 21.0",
        "{'t':'it: x','h':48}; \"it: x\"",
        "{\"t\":\"a\tb\",\"h\":48}; \"a\tb\""
      })
  void oneOddMemberDoesNotCostTheDocument(String payload, String value) throws Exception {
    assertThat(map("format=object", payload))
        .containsExactly("a t = " + value + ", receipt", "a h = 48, receipt");
    assertThatThrownBy(() -> map("format=object on.error=poison", payload))
        .isInstanceOf(PoisonMessageException.class);
  }

  @Test
  void oneOddElementDoesNotCostTheArray() throws Exception {
    assertThat(map("format=object", "{\"t\":[1,None,n/a,[],{\"x\":bad},02],\"h\":48}"))
        .containsExactly(
            "a t.0 = 1, receipt",
            "a t.2 = \"n/a\", receipt",
            "a t.4.x = \"bad\", receipt",
            "a t.5 = 2, receipt",
            "a h = 48, receipt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "None", "undefined"})
  void aMemberWithoutAValueMakesNoRecord(String none) throws Exception {
    assertThat(map("format=object", "{\"t\":" + none + ",\"h\":48}"))
        .containsExactly("a h = 48, receipt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"t\":21,5,\"h\":1}", "{\"h\":1,\"t\":una", "{\"h\":1,\"t\":"})
  void doubtfulDocumentsAreNotRead(String payload) {
    assertThatThrownBy(() -> map("format=object", payload))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageContaining("the payload is not JSON");
  }

  @Test
  void aRowWithABrokenQuoteDoesNotCostTheOthers() throws Exception {
    String line = "format=csv csv.columns=v,w";
    assertThat(map(line, "1,\"2\r\n3,4\r\n\r\n5,\"6\"x\r\n7,\"8\n8\"\r9,10"))
        .containsExactly(
            "a v = 3, receipt",
            "a w = 4, receipt",
            "a v = 7, receipt",
            "a w = \"8\n8\", receipt",
            "a v = 9, receipt",
            "a w = 10, receipt");
    assertThatThrownBy(() -> map(line, "5,\"6\"x"))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageContaining("line 1 of the payload is not CSV: a quote is not closed");
    assertThatThrownBy(() -> map(line, "5,\"6\n".repeat(200)))
        .isInstanceOf(PoisonMessageException.class);
  }

  @Test
  void decimalCommasAndThousands() throws Exception {
    assertThat(
            map(
                "format=csv csv.columns=a,b,c,d,e,f csv.delimiter=; csv.decimal=,",
                "1.234;-1.234.567;0.123;,5;192.168.100.200;21.5"))
        .containsExactly(
            "a a = 1234, receipt",
            "a b = -1234567, receipt",
            "a c = 0.123, receipt",
            "a d = 0.5, receipt",
            "a e = \"192.168.100.200\", receipt",
            "a f = 21.5, receipt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"t\":1; it ends too early, line 1, column",
        "{\"t\":1} x; Unrecognized token 'x'",
        "{\"t\":1} {}; there is more text after the end of the document",
        "{t:1}; Unexpected character ('t' (code 116)): was expecting double-quote"
      })
  void reasonsSpeakOfThePayload(String payload, String reason) {
    assertThatThrownBy(() -> map("format=object", payload))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageContaining("the payload is not JSON: " + reason)
        .hasMessageNotContainingAny("Feature", "com.fasterxml", "REDACTED", "`");
    assertThatThrownBy(() -> map("format=json", "{\"t\":NaN}"))
        .hasMessageContaining("NaN is not a number of JSON, line 1, column");
  }

  private static List<String> latin(String line, String payload) throws Exception {
    return Measured.line("s/+ " + line).of("s/a", payload.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void aTextThatIsNotUtf8DoesNotCostTheOthers() throws Exception {
    String payload = "{\"t\":21.5,\"u\":\"°C\",\"°\":1,\"h\":48}";
    assertThat(latin("format=object", payload))
        .containsExactly(
            "a t = 21.5, receipt",
            "a u = \"\uFFFDC\", receipt, UNCERTAIN BAD_TEXT: \uFFFDC is not UTF-8",
            "a h = 48, receipt");
    assertThat(latin("format=object unit=/u", payload))
        .containsExactly("a t = 21.5, receipt", "a h = 48, receipt");
    assertThat(latin("format=object on.error=skip", payload))
        .containsExactly("a t = 21.5, receipt", "a h = 48, receipt");
    assertThat(latin("format=csv csv.columns=t,u", "21.5,°C"))
        .containsExactly(
            "a t = 21.5, receipt",
            "a u = \"\uFFFDC\", receipt, UNCERTAIN BAD_TEXT: \uFFFDC is not UTF-8");
    assertThat(latin("format=lineprotocol", "room t=21.5,u=\"°C\""))
        .containsExactly(
            "room t = 21.5, receipt",
            "room u = \"\uFFFDC\", receipt, UNCERTAIN BAD_TEXT: \uFFFDC is not UTF-8");
    assertThatThrownBy(() -> latin("format=object on.error=poison", payload))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageNotContainingAny("Feature", "com.fasterxml");
  }

  @Test
  void aDocumentInATextIsRead() throws Exception {
    assertThat(
            map(
                "format=object values=/objectJSON device=/deviceName",
                "{\"deviceName\":\"d1\",\"objectJSON\":\"{\\\"t\\\":21.5,\\\"io\\\":{\\\"a\\\":true}}\"}"))
        .containsExactly("d1 t = 21.5, receipt", "d1 io.a = true, receipt");
    assertThat(map("format=object", "\"{\\\"t\\\":21.5}\"")).containsExactly("a t = 21.5, receipt");
    assertThat(
            map(
                "format=measurement samples=/s value=/v tag=/n",
                "{\"s\":\"[{\\\"n\\\":\\\"t\\\",\\\"v\\\":1}]\"}"))
        .containsExactly("a t = 1, receipt");
    assertThat(map("format=object", "{\"t\":\"{not JSON\"}"))
        .containsExactly("a t = \"{not JSON\", receipt");
  }

  @Test
  void aSenmlRecordNeedsNoArray() throws Exception {
    assertThat(map("format=senml", "{\"bn\":\"d1/\",\"n\":\"t\",\"u\":\"Cel\",\"v\":21.5}"))
        .containsExactly("d1 t = 21.5 Cel, receipt");
  }

  @Test
  void twoDocumentsAreReadWithNdjson() {
    assertThatThrownBy(() -> map("format=object", "{\"t\":1}\n{\"t\":2}"))
        .isInstanceOf(PoisonMessageException.class)
        .hasMessageContaining("format=ndjson");
  }
}
