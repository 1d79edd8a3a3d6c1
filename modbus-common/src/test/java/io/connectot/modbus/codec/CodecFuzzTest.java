// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Scaling;
import io.connectot.core.testing.Points;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.testing.TestTags;
import io.connectot.modbus.type.DecodedValue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecFuzzTest {
  private static final int ROUNDS = 20_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "coil:0",
        "coil:0 count=17",
        "holding:0",
        "holding:0.7",
        "holding:0 bool",
        "holding:0 int8h",
        "holding:0 uint8l",
        "holding:0 int16",
        "holding:0 int32 order=BADC",
        "holding:0 uint32",
        "holding:0 int64",
        "holding:0 uint64 order=FEHGBADC",
        "holding:0 uint64 enum=0:a,1:b",
        "holding:0 float16 invalid=NaN",
        "holding:0 float32 invalid=NaN,0",
        "holding:0 float64",
        "holding:0 bcd16",
        "holding:0 bcd32 invalid=0xFFFFFFFF",
        "holding:0 string length=9",
        "holding:0 string length=9 charset=UTF-16LE",
        "holding:0 string length=4 byte=low",
        "holding:0 bytes length=5 order=BA",
        "holding:0 datetime",
        "holding:0 datetime format=epoch-ms",
        "holding:0 datetime format=epoch-s64",
        "holding:0 datetime format=ymdhms zone=Europe/Berlin",
        "holding:0 datetime format=iec870",
        "holding:0 float32 count=3",
        "holding:0 bcd16 count=3"
      })
  void neverThrowsOnBytesOfTheRightLength(String line) throws Exception {
    Random random = new Random(20_251_121);
    Device<ModbusDevice> device = TestTags.device();
    var tag = TestTags.tag(line);
    Codec codec = tag.address().codec();
    byte[] data =
        new byte[line.startsWith("coil") ? (codec.quantity() + 7) / 8 : 2 * codec.quantity()];
    Scaling scaling = codec.valueType().isNumeric() ? new Scaling(0.1, 3) : Scaling.NONE;
    for (int i = 0; i < ROUNDS; i++) {
      random.nextBytes(data);
      byte[] before = data.clone();
      DecodedValue reading = codec.decode(data, 0, scaling);
      assertThat(data).isEqualTo(before);
      // The record's own rules on quality and value hold for whatever comes out.
      assertThat(
              new Measurement(
                  Points.of(device, tag),
                  0,
                  0,
                  reading.value(),
                  reading.quality(),
                  reading.status()))
          .isNotNull();
    }
  }
}
