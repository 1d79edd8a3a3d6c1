// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadingTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void readsAMeasurement() throws Exception {
    Reading reading =
        read("{'protocol':'modbus','device':'press1','tag':'pressure','event_time':1000,'value_double':12.5,"
                 + "'value_string':null,'quality':'GOOD','status':null,'unit':'bar'}")
            .orElseThrow();

    assertThat(reading.value()).isEqualTo("12.500");
    assertThat(reading.protocol()).isEqualTo("modbus");
    assertThat(reading.unit()).isEqualTo("bar");
    assertThat(reading.timestamp()).isEqualTo(Instant.ofEpochSecond(1));
    assertThat(reading.isGood()).isTrue();
  }

  @Test
  void prefersTheExactValueOfAnInteger() throws Exception {
    assertThat(
            read("{'device':'d','tag':'t','quality':'GOOD','value_long':7,'value_double':7.0}")
                .orElseThrow()
                .value())
        .isEqualTo("7");
  }

  @Test
  void takesAGapForNoReading() throws Exception {
    assertThat(read("{'device':'d','tag':null,'missed_scans':3}")).isEmpty();
  }

  @Test
  void talliesGoodAndBadAndKeepsTheNewestOfEveryTag() throws Exception {
    Tally tally = new Tally();
    for (String record :
        List.of(
            "{'device':'d','tag':'t','quality':'GOOD','value_long':1}",
            "{'device':'d','tag':'t','quality':'BAD'}",
            "{'device':'d','state':'OFFLINE'}")) {
      tally.count(read(record));
    }

    assertThat(tally.records()).isEqualTo(3);
    assertThat(tally.good()).isEqualTo(1);
    assertThat(tally.bad()).isEqualTo(1);
    assertThat(tally.latest()).singleElement().matches(reading -> !reading.isGood());
    assertThat(tally.sample()).get().extracting(Reading::value).isEqualTo("1");
  }

  private static Optional<Reading> read(String json) throws Exception {
    return Reading.of(JSON.readTree(json.replace('\'', '"')));
  }
}
