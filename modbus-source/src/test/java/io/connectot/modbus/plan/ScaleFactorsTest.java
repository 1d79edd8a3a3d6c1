// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.Device;
import io.connectot.core.model.Measurement;
import io.connectot.core.model.Quality;
import io.connectot.core.model.Tag;
import io.connectot.core.model.Value.DoubleValue;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.testing.Points;
import io.connectot.modbus.FakeConnection;
import io.connectot.modbus.config.ModbusDevice;
import io.connectot.modbus.config.ModbusTag;
import io.connectot.modbus.testing.TestTags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values whose scale factor is in another register. */
class ScaleFactorsTest {
  private final FakeConnection connection = new FakeConnection();

  @ParameterizedTest
  @CsvSource({"-2, 3.93", "-1, 39.3", "0, 393.0", "3, 393000.0", "-10, 3.93E-8"})
  void multipliesByThePowerOfTen(int power, double value) throws ProtocolException {
    connection.holding(5, 393).holding(9, power & 0xFFFF);
    List<Measurement> read = scan(scaled("holding:5", 9), scaled("holding:5 uint16", 9)).run();
    assertThat(read).hasSize(2);
    assertThat(read).allMatch(measurement -> measurement.quality() == Quality.GOOD);
    assertThat(read.get(0).value()).isEqualTo(new DoubleValue(value));
    assertThat(read.get(1).value()).isEqualTo(new DoubleValue(value));
    assertThat(connection.takeRequests()).as("both values share the factor").hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"32768", "11", "65525"})
  void aFactorThatIsNotImplementedIsNoFactor(int power) throws ProtocolException {
    connection.holding(9, power);
    List<Measurement> read = scan(scaled("holding:5", 9), TestTags.tag("holding:6")).run();
    assertThat(read.get(0).status()).isEqualTo("NO_SCALE_FACTOR");
    assertThat(read.get(0).quality()).isEqualTo(Quality.BAD);
    assertThat(read.get(1).value()).isEqualTo(new LongValue(6));
  }

  @Test
  void aFactorThatCannotBeReadMakesOnlyItsValueBad() throws ProtocolException {
    connection.hole(1, 9);
    List<Measurement> read = scan(scaled("holding:5", 9), TestTags.tag("holding:6")).run();
    assertThat(read.get(0).status()).isEqualTo("NO_SCALE_FACTOR");
    assertThat(read.get(1).quality()).isEqualTo(Quality.GOOD);
  }

  private static Tag<ModbusTag> scaled(String line, int factorAddress) {
    Tag<ModbusTag> tag = TestTags.tag(line);
    ModbusTag factor = TestTags.tag("holding:" + factorAddress + " int16").address();
    return new Tag<>(
        tag.name(),
        new ModbusTag(
            tag.address().address(),
            tag.address().unit(),
            tag.address().codec(),
            Optional.of(factor)),
        tag.type(),
        tag.unit(),
        tag.interval(),
        tag.report(),
        tag.scaling(),
        tag.attributes());
  }

  private DeviceScan scan(Tag<ModbusTag> first, Tag<ModbusTag> second) {
    Device<ModbusDevice> device = TestTags.device();
    return new DeviceScan(
        device,
        new BlockSettings(125, 2000, 0, false, Isolation.BISECT, Duration.ofMinutes(5)),
        Points.of(device, List.of(first, second)),
        Map.of(),
        connection,
        new UnitHealth(Duration.ofSeconds(60)),
        new WrappingClock().clock());
  }
}
