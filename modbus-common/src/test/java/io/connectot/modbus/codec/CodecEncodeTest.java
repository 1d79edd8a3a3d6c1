// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.model.Quality;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Value;
import io.connectot.core.model.Value.BigValue;
import io.connectot.core.model.Value.BooleanValue;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.InstantValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.model.Value.TextValue;
import io.connectot.modbus.testing.TestTags;
import io.connectot.modbus.type.DecodedValue;
import io.connectot.modbus.type.UnencodableValueException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encoding is the inverse of decoding. */
class CodecEncodeTest {
  private static final int ROUNDS = 2000;
  private static final int START = 4;

  /** Random registers are decoded, and what was decoded is encoded and decoded again. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "holding:7 int8h",
        "holding:7 int8l",
        "holding:7 uint8h",
        "holding:7 uint8l",
        "holding:7 int16",
        "holding:7 int16 order=BA",
        "holding:7 uint16",
        "holding:7 uint16 mask=0x0FF0 shift=4",
        "holding:7 int32",
        "holding:7 int32 order=BADC",
        "holding:7 int32 order=CDAB",
        "holding:7 int32 order=DCBA",
        "holding:7 uint32",
        "holding:7 uint32 order=CDAB",
        "holding:7 int48 order=CDAB",
        "holding:7 uint48 order=BADC",
        "holding:7 int64",
        "holding:7 int64 order=CDAB",
        "holding:7 uint64 order=GHEFCDAB",
        "holding:7 uint64 order=FEHGBADC",
        "holding:7 float16",
        "holding:7 float32",
        "holding:7 float32 order=CDAB",
        "holding:7 float64",
        "holding:7 float64 order=DCBA",
        "holding:7 bcd16",
        "holding:7 bcd32 order=CDAB",
        "holding:7 mod10k32",
        "holding:7 mod10k48 order=CDAB",
        "holding:7 mod10k64",
        "holding:7 bool",
        "holding:7.3 bit",
        "holding:7 uint32 bit=17",
        "holding:7 int16 count=5",
        "holding:7 float32 count=3 order=CDAB",
        "holding:7 bytes length=6",
        "holding:7 bytes length=5",
        "holding:7 bytes length=4 byte=low",
        "holding:7 string length=8 charset=ISO-8859-1",
        "holding:7 string length=7 order=BA charset=ISO-8859-1",
        "holding:7 string length=4 byte=high charset=ISO-8859-1",
        "holding:7 datetime",
        "holding:7 datetime order=CDAB",
        "holding:7 datetime format=epoch_ms",
        "holding:7 datetime format=ymdhms zone=+05:30",
        "holding:7 datetime format=iec870 zone=-03:00",
        "holding:7 datetime format=packed",
        "holding:7 datetime format=bcd",
        "holding:7 datetime format=mdyhms",
        "coil:7",
        "coil:7 bool count=9"
      })
  void whatIsEncodedIsDecodedAgain(String line) throws Exception {
    Codec codec = TestTags.codec(line);
    Random random = new Random(4711);
    int decodedCount = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] device = new byte[80];
      random.nextBytes(device);
      if (line.contains("datetime") || line.contains("bcd") || line.contains("mod10k")) {
        // Random bytes are rarely dates or decimal digits.
        for (int i = 0; i < device.length; i++) {
          device[i] =
              (byte)
                  (line.contains("ymdhms") && i % 2 == 0
                      ? 0
                      : line.contains("10k") ? random.nextInt(2) : random.nextInt(10));
        }
      }
      DecodedValue decoded = codec.decode(device, START, Scaling.NONE);
      if (decoded.quality() != Quality.GOOD) {
        continue;
      }
      byte[] own = new byte[device.length];
      codec.own(own, START);
      byte[] before = new byte[device.length];
      random.nextBytes(before);
      byte[] after = before.clone();
      try {
        codec.encode(decoded.value(), after, START);
      } catch (UnencodableValueException e) {
        assertThat(line).containsAnyOf("string", "datetime", "float");
        continue;
      }
      decodedCount++;
      assertThat(codec.decode(after, START, Scaling.NONE).value())
          .as("%s of %s", line, decoded)
          .isEqualTo(decoded.value());
      for (int i = 0; i < device.length; i++) {
        assertThat(after[i] & ~own[i] & 0xFF).isEqualTo(before[i] & ~own[i] & 0xFF);
      }
    }
    assertThat(decodedCount).isGreaterThan(ROUNDS / 200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "holding:7 int16; -1; FFFF",
        "holding:7 uint16 mask=0x0FF0 shift=4; 255; 0FF0",
        "holding:7 int32 order=CDAB; 66051; 02030001",
        "holding:7 uint64; 18446744073709551615; FFFFFFFFFFFFFFFF",
        "holding:7 float32; 230.2; 43663333",
        "holding:7 float16; 1.5; 3E00",
        "holding:7 float16; 2048.0; 6800",
        "holding:7 datetime format=epoch_s; time:2026-11-28T21:28:12Z; 6B0B476C",
        "holding:7 float16; 5.9604644775390625e-8; 0001",
        "holding:7 bcd32; 12345678; 12345678",
        "holding:7 mod10k32; 12345678; 04D2162E",
        "holding:7 string length=6; text:AB; 414200000000",
        "holding:7 uint16 enum=0:off,1:on,5:fault; text:fault; 0005",
        "holding:7 bit bit=3; true; 0008"
      })
  void hasTheBytesOfTheDevice(String line, String value, String bytes) throws Exception {
    byte[] data = new byte[bytes.length() / 2];
    TestTags.codec(line).encode(value(value), data, 0);
    assertThat(HexFormat.of().withUpperCase().formatHex(data)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "holding:7 int16; 32768",
        "holding:7 uint16; -1",
        "holding:7 uint16 mask=0x0FF0 shift=4; 256",
        "holding:7 int16 invalid=0x8000; -32768",
        "holding:7 bcd16; 10000",
        "holding:7 mod10k32; 100000000",
        "holding:7 float16; 70000.5",
        "holding:7 float16; 2049.0",
        "holding:7 datetime format=epoch_s; time:2026-11-28T21:28:12.900Z",
        "holding:7 datetime format=bcd; time:2026-11-28T21:28:12.900Z",
        "holding:7 datetime format=epoch_ms; time:2026-11-28T21:28:12.9001Z",
        "holding:7 datetime format=iec870; time:2026-11-28T21:28:12.9001Z",
        "holding:7 float32; 1e39",
        "holding:7 string length=2; text:ABC",
        "holding:7 string length=4 charset=US-ASCII; text:é",
        "holding:7 uint16 enum=0:off,1:on; text:ON",
        "holding:7 bit bit=3; 1",
        "holding:7 int16 count=2; 1"
      })
  void refusesWhatTheTypeCannotHold(String line, String value) throws Exception {
    byte[] data = new byte[16];
    byte[] before = data.clone();
    Codec codec = TestTags.codec(line);
    assertThatThrownBy(() -> codec.encode(value(value), data, 0))
        .isInstanceOf(UnencodableValueException.class);
    assertThat(Arrays.equals(data, before)).isTrue();
  }

  private static Value value(String text) {
    if (text.startsWith("text:")) {
      return new TextValue(text.substring(5));
    }
    if (text.startsWith("time:")) {
      return new InstantValue(Instant.parse(text.substring(5)));
    }
    if (text.equals("true")) {
      return BooleanValue.TRUE;
    }
    if (text.contains(".") || text.contains("e")) {
      return new DoubleValue(Double.parseDouble(text));
    }
    BigInteger whole = new BigInteger(text);
    return whole.bitLength() < Long.SIZE ? new LongValue(whole.longValue()) : new BigValue(whole);
  }
}
