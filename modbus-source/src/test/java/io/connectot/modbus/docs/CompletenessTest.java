// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.connectot.core.docs.DocPage;
import io.connectot.core.docs.SourceFiles;
import io.connectot.core.spi.Driver;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineException;
import io.connectot.modbus.ModbusProtocol;
import io.connectot.modbus.config.ModbusTransport;
import io.connectot.modbus.transport.frame.ModbusExceptionCode;
import io.connectot.modbus.type.DateTimeFormat;
import io.connectot.modbus.type.ModbusType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The page on Modbus has every type, option, transport, parameter and status of the code. */
class CompletenessTest {
  private static final DocPage PAGE = DocPage.of("docs/modbus.md");

  @Test
  void hasEveryTypeAndDateFormat() {
    assertThat(words("Type"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ModbusType.values()).map(ModbusType::configName).toList());
    assertThat(words("`format=`"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(DateTimeFormat.values())
                .map(format -> format.name().toLowerCase(Locale.ROOT))
                .toList());
  }

  @Test
  void hasEveryTagOption() {
    assertThat(words("Option")).containsAll(new ModbusProtocol().tagOptions());
  }

  @ParameterizedTest
  @EnumSource(ModbusTransport.class)
  void hasEveryTransport(ModbusTransport transport) {
    assertThat(words("Transport")).contains(transport.scheme() + "://");
  }

  @Test
  void hasEveryParameter() {
    assertThat(words("Parameter")).containsAll(parameters("tcp")).containsAll(parameters("rtu"));
  }

  /** The message on an unknown parameter lists those that there are. */
  private static Set<String> parameters(String scheme) {
    ModbusProtocol protocol = new ModbusProtocol();
    ConfigDef definition = new ConfigDef();
    protocol.defineConfig(definition);
    Driver<?, ?> driver = protocol.bind(new AbstractConfig(definition, Map.of(), false));
    LineException refusal =
        catchThrowableOfType(
            LineException.class,
            () ->
                driver.parseDevice(
                    new DeviceLine("d", scheme + "://device?completely.unknown.thing=1")));
    String list = refusal.getMessage().substring(refusal.getMessage().indexOf("takes ") + 6);
    return Arrays.stream(list.split(", ")).collect(Collectors.toSet());
  }

  @Test
  void hasEveryExceptionCodeOfTheSpecification() {
    List<String> known =
        IntStream.range(1, 12)
            .mapToObj(ModbusExceptionCode::of)
            .filter(code -> !code.name().startsWith("UNKNOWN"))
            .map(ModbusExceptionCode::toString)
            .toList();
    assertThat(words("Status")).containsAll(known);
  }

  static List<DocPage.Cell> statuses() {
    return PAGE.column("Status");
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void namesStatusesThatThereAre(DocPage.Cell cell) {
    List<String> texts = SourceFiles.texts();
    assertThat(cell.code())
        .isNotEmpty()
        .allSatisfy(
            status -> {
              String name = status.replaceAll("^\\d+ ", "").replaceAll(" .*", "");
              assertThat(texts.stream().anyMatch(source -> source.contains("\"" + name)))
                  .as("%s: %s", cell.where(), status)
                  .isTrue();
            });
  }

  private static List<String> words(String column) {
    return PAGE.column(column).stream().flatMap(cell -> cell.code().stream()).toList();
  }
}
