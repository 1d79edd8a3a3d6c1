// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.connectot.core.spi.line.LineException;
import io.connectot.mqtt.source.payload.PayloadException;
import io.connectot.mqtt.source.payload.document.JsonDocuments;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeReaderTest {
  private static JsonNode json(String text) throws PayloadException {
    return JsonDocuments.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "auto; UTC; 1700000000; 2023-11-14T22:13:20Z",
        "auto; UTC; 1700000000.25; 2023-11-14T22:13:20.25Z",
        "auto; UTC; 1700000000123; 2023-11-14T22:13:20.123Z",
        "auto; UTC; 1700000000123456; 2023-11-14T22:13:20.123456Z",
        "auto; UTC; 1700000000123456789; 2023-11-14T22:13:20.123456789Z",
        "auto; UTC; -1; 1969-12-31T23:59:59Z",
        "auto; UTC; \"2023-11-14T23:13:20+01:00\"; 2023-11-14T22:13:20Z",
        "auto; Europe/Berlin; \"2023-11-14T23:13:20.5\"; 2023-11-14T22:13:20.5Z",
        "iso; UTC; \"2023-11-14T22:13:20Z\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"2023-11-14T23:13:20+0100\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"2023-11-14T23:13:20+01\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"2023-11-14T17:43:20.5-0430\"; 2023-11-14T22:13:20.5Z",
        "auto; Europe/Berlin; \"2023-11-14 23:13:20\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"2023-11-14 22:13:20.123456 +00:00\"; 2023-11-14T22:13:20.123456Z",
        "auto; UTC; \"2023-11-14T22:13:20,25Z\"; 2023-11-14T22:13:20.25Z",
        "auto; UTC; \"2023-11-14t22:13:20z\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"2023-11-14T22:13:20.1234567891234Z\"; 2023-11-14T22:13:20.123456789Z",
        "auto; UTC; \"2023-11-14 22:13:20 UTC\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"2023-11-14T23:13:20+01:00[Europe/Berlin]\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"2023-11-14T22:13Z\"; 2023-11-14T22:13:00Z",
        "auto; UTC; \"20231114T221320Z\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"2023/11/14 22:13:20\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"2023-11-14\"; 2023-11-14T00:00:00Z",
        "auto; UTC; \"1700000000\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"1700000000.25\"; 2023-11-14T22:13:20.25Z",
        "auto; UTC; \"1700000000123\"; 2023-11-14T22:13:20.123Z",
        "auto; UTC; \"Tue, 14 Nov 2023 22:13:20 GMT\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"1700000000,25\"; 2023-11-14T22:13:20.25Z",
        "auto; UTC; \"1.7E9\"; 2023-11-14T22:13:20Z",
        "auto; UTC; 1.7E9; 2023-11-14T22:13:20Z",
        "auto; UTC; \"+1700000000\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"1700000000123456\"; 2023-11-14T22:13:20.123456Z",
        "auto; UTC; \"1700000000123456789\"; 2023-11-14T22:13:20.123456789Z",
        "auto; UTC; \"2023-W46-2T22:13:20Z\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"2023W462\"; 2023-11-14T00:00:00Z",
        "auto; UTC; \"2020-W53\"; 2020-12-28T00:00:00Z",
        "auto; UTC; \"2023-318T22:13:20Z\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"2023-11-13T24:00:00Z\"; 2023-11-14T00:00:00Z",
        "auto; UTC; \"2016-12-31T23:59:60Z\"; 2017-01-01T00:00:00Z",
        "auto; UTC; \"2023-11-14T22Z\"; 2023-11-14T22:00:00Z",
        "auto; UTC; \"2023-1-4 2:13:20\"; 2023-01-04T02:13:20Z",
        "auto; UTC; \"2023.11.14 22:13:20\"; 2023-11-14T22:13:20Z",
        "auto; Europe/Berlin; \"14.11.2023 23:13:20\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"4.1.2023, 22:13\"; 2023-01-04T22:13:00Z",
        "auto; UTC; \"20231114\"; 2023-11-14T00:00:00Z",
        "auto; UTC; \"20231114221320\"; 2023-11-14T22:13:20Z",
        "auto; UTC; 20231114221320; 2023-11-14T22:13:20Z",
        "auto; UTC; \"2023-11-14 23:13:20 CET\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"2023-07-14 23:13:20 CEST\"; 2023-07-14T21:13:20Z",
        "auto; UTC; \"2023-11-14 17:13:20 EST\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"2023-11-14 17:13:20 America/New_York\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"Tue Nov 14 22:13:20 2023\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"Tue Nov 14 23:13:20 CET 2023\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"Wed Jan  4 22:13:20 UTC 2023\"; 2023-01-04T22:13:20Z",
        "auto; UTC; \"14-Nov-2023 22:13:20\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"14 November 2023 23:13:20 +0100\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"/Date(1700000000123+0100)/\"; 2023-11-14T22:13:20.123Z",
        "auto; UTC; \"202311142213\"; 2023-11-14T22:13:00Z",
        "auto; UTC; 202311142213; 2023-11-14T22:13:00Z",
        "auto; UTC; \"20231114221320123\"; 2023-11-14T22:13:20.123Z",
        "auto; UTC; 133444736000000000; 2023-11-14T22:13:20Z",
        "auto; UTC; \"638355968000000000\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"2023-11-14 10:13:20 PM\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"2023-11-14 12:13:20am +01:00\"; 2023-11-13T23:13:20Z",
        "auto; UTC; \"2023-11-14 22:13:20 +0000 UTC\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"2023-11-14 23:13:20 MEZ\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"Tue Nov 14 2023 23:13:20 GMT+0100 (CET)\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"Nov 14, 2023, 10:13:20 PM\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"14. November 2023 22:13\"; 2023-11-14T22:13:00Z",
        "auto; UTC; \"2023-Nov-14 22:13:20\"; 2023-11-14T22:13:20Z",
        "auto; UTC; \"14/Nov/2023:23:13:20 +0100\"; 2023-11-14T22:13:20Z",
        "s; UTC; \"1700000000\"; 2023-11-14T22:13:20Z",
        "ms; UTC; 0; 1970-01-01T00:00:00Z",
        "us; UTC; 1; 1970-01-01T00:00:00.000001Z",
        "ns; UTC; 1; 1970-01-01T00:00:00.000000001Z",
        "dd.MM.yyyy HH:mm:ss; +01:00; \"14.11.2023 23:13:20\"; 2023-11-14T22:13:20Z",
        "dd.MM.yyyy; UTC; \"14.11.2023\"; 2023-11-14T00:00:00Z",
        "MM/dd/yyyy hh:mm:ss a; UTC; \"11/14/2023 10:13:20 PM\"; 2023-11-14T22:13:20Z",
        "yyyy-MM-dd'Thh'HH; UTC; \"2023-11-14Thh22\"; 2023-11-14T22:00:00Z",
        "auto; UTC; 20231114; 2023-11-14T00:00:00Z",
        "yyyy-MM-dd HH:mm:ssX; UTC; \"2023-11-14 23:13:20+01\"; 2023-11-14T22:13:20Z",
        "yyyyMMdd; UTC; 20231114; 2023-11-14T00:00:00Z"
      })
  void reads(String format, String zone, String time, Instant expected) throws Exception {
    assertThat(new TimeReader(TimeReader.checkedFormat(format), ZoneId.of(zone)).nanos(json(time)))
        .isEqualTo(expected.getEpochSecond() * 1_000_000_000L + expected.getNano());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "auto; \"yesterday\"",
        "auto; \"2023-W54-1\"",
        "auto; \"2021-W53-5\"",
        "auto; \"2023-W10-8\"",
        "auto; \"2023-366\"",
        "auto; \"2023-11-14T24:00:01Z\"",
        "auto; \"2023-11-14 22:13:20 CST\"",
        "auto; \"2023-11-14 22:13:20 IST\"",
        "auto; \"11/14/2023 22:13:20\"",
        "auto; \"Tue Nom 14 22:13:20 2023\"",
        "auto; \"22:13:20\"",
        "auto; \"2023-11-14 13:13:20 PM\"",
        "auto; \"2023-11-14 0:13:20 AM\"",
        "auto; true",
        "auto; {}",
        "auto; \"\"",
        "auto; \"-\"",
        "auto; \"2023-11-14T\"",
        "auto; \"2023-11-14T22:13:20+\"",
        "auto; \"2023-11-14T22:13:20+1:2:3:4\"",
        "auto; \"2023-11-14T22:13:20Z]\"",
        "auto; \"2023-11-14T25:13:20Z\"",
        "auto; 1e30",
        "auto; 1e999",
        "auto; 1e-300",
        "s; 10000000000",
        "s; \"1e999999999\"",
        "s; \"\"",
        "iso; \"2023-02-30T00:00:00Z\"",
        "iso; \"9999-01-01T00:00:00Z\"",
        "dd.MM.yyyy mm:ss; \"14.11.2023 13:20\"",
        "dd.MM.yyyy; \"1.1.2023\""
      })
  void refuses(String format, String time) throws Exception {
    TimeReader reader = new TimeReader(TimeReader.checkedFormat(format), ZoneOffset.UTC);
    JsonNode node = json(time);
    assertThatThrownBy(() -> reader.nanos(node))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("time.format=" + format);
  }

  /** Without AM or PM, each time of a day would be midnight. */
  @ParameterizedTest
  @ValueSource(strings = {"MM/dd/yyyy hh:mm:ss", "yyyy-MM-dd KK:mm", "yyyy-MM-dd hh'a'"})
  void refusesTheHourOfHalfADayAlone(String format) {
    assertThatThrownBy(() -> TimeReader.checkedFormat(format))
        .isInstanceOf(LineException.class)
        .hasMessageContaining("write HH");
  }
}
