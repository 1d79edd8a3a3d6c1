// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.mapping.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.math.BigDecimal;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SharedHeadersTest {
  private static final Schema LIST = SchemaBuilder.array(Schema.STRING_SCHEMA).build();
  private static final Schema MAP =
      SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build();
  private static final Schema STRUCT =
      SchemaBuilder.struct().field("a", Schema.STRING_SCHEMA).build();

  // Arrays are equal if they are the same.
  private static final byte[] BYTES = {1};

  private static Headers sample() {
    return new ConnectHeaders()
        .addString("a", "1")
        .addInt("b", 2)
        .addString("a", "3")
        .addBoolean("c", true);
  }

  /** All that can be done with headers. */
  static Stream<Consumer<Headers>> changes() {
    return Stream.of(
        headers -> headers.add(sample().lastWithName("b")),
        headers -> headers.add("x", new SchemaAndValue(Schema.STRING_SCHEMA, "y")),
        headers -> headers.add("x", "y", Schema.STRING_SCHEMA),
        headers -> headers.add("x", null, null),
        headers -> headers.addString("x", "y"),
        headers -> headers.addBoolean("x", true),
        headers -> headers.addByte("x", (byte) 1),
        headers -> headers.addShort("x", (short) 1),
        headers -> headers.addInt("x", 1),
        headers -> headers.addLong("x", 1),
        headers -> headers.addFloat("x", 1),
        headers -> headers.addDouble("x", 1),
        headers -> headers.addBytes("x", BYTES),
        headers -> headers.addList("x", List.of("y"), LIST),
        headers -> headers.addMap("x", Map.of("y", "z"), MAP),
        headers -> headers.addStruct("x", new Struct(STRUCT).put("a", "y")),
        headers -> headers.addDecimal("x", new BigDecimal("1.5")),
        headers -> headers.addDate("x", new Date(0)),
        headers -> headers.addTime("x", new Date(0)),
        headers -> headers.addTimestamp("x", new Date(5)),
        headers -> headers.remove("a"),
        headers -> headers.remove("nothing"),
        headers -> headers.retainLatest("a"),
        headers -> headers.retainLatest(),
        headers -> headers.clear(),
        headers -> headers.clear().addString("x", "y"),
        headers -> headers.apply(header -> header.rename(header.key() + "2")),
        headers -> headers.apply("a", header -> null),
        headers -> removeFirst(headers.iterator()),
        headers -> {
          for (int i = 0; i < 20; i++) {
            headers.addInt("n" + i, i);
          }
        });
  }

  private static void removeFirst(Iterator<Header> each) {
    each.next();
    each.remove();
    each.next();
    each.remove();
  }

  @ParameterizedTest
  @MethodSource("changes")
  void doesWhatConnectHeadersDo(Consumer<Headers> change) {
    Headers expected = sample();
    change.accept(expected);

    for (Headers headers :
        List.of(
            SharedHeaders.copyOf(sample()),
            SharedHeaders.copyOf(sample()).share(),
            SharedHeaders.copyOf(sample()).extend(2))) {
      change.accept(headers);

      assertThat(headers).containsExactlyElementsOf(expected).hasSameSizeAs(expected);
      assertThat(headers.size()).isEqualTo(expected.size());
      assertThat(headers.isEmpty()).isEqualTo(expected.isEmpty());
      assertThat(headers.lastWithName("a")).isEqualTo(expected.lastWithName("a"));
      assertThat(headers.allWithName("a"))
          .toIterable()
          .containsExactlyElementsOf(() -> expected.allWithName("a"));
      assertThat(headers).isEqualTo(expected).hasSameHashCodeAs(expected);
      assertThat(expected).isEqualTo(headers);
      assertThat(headers).hasToString(expected.toString());
      assertThat(new ConnectHeaders(headers)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("changes")
  void changesReachNoOtherRecord(Consumer<Headers> change) {
    SharedHeaders prototype = SharedHeaders.copyOf(sample());
    SharedHeaders first = prototype.share();
    SharedHeaders second = prototype.share();
    SharedHeaders third = prototype.extend(5);

    change.accept(first);
    assertThat(List.<Headers>of(prototype, second, third)).containsOnly(sample());

    change.accept(third);
    change.accept(prototype);
    assertThat(second).isEqualTo(sample());
  }

  @Test
  void duplicatesAreIndependent() {
    SharedHeaders headers = SharedHeaders.copyOf(sample());

    ConnectHeaders duplicate = headers.duplicate();
    duplicate.addString("x", "y");
    headers.remove("a");

    assertThat(duplicate).hasSize(5);
    assertThat(headers).hasSize(2);
  }

  @Test
  void refusesWhatConnectHeadersRefuse() {
    SharedHeaders headers = SharedHeaders.copyOf(sample());

    assertThatNullPointerException().isThrownBy(() -> headers.add((Header) null));
    assertThatNullPointerException().isThrownBy(() -> headers.addString(null, "x"));
    assertThatNullPointerException().isThrownBy(() -> headers.lastWithName(null));
    assertThatNullPointerException().isThrownBy(() -> headers.remove(null));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> headers.add("x", 1, Schema.STRING_SCHEMA));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> headers.iterator().remove());
    Iterator<Header> each = headers.iterator();
    headers.forEach(header -> each.next());
    assertThat(each.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(each::next);
    assertThat(headers).isEqualTo(sample());
  }
}
