// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.config;

import io.connectot.core.config.Configuration;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.core.spi.line.TagLine;
import io.connectot.modbus.address.AddressParser;
import io.connectot.modbus.address.AddressRange;
import io.connectot.modbus.address.ModbusTable;
import io.connectot.modbus.address.TableAddress;
import io.connectot.modbus.codec.Codec;
import io.connectot.modbus.codec.CodecParser;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Parses tag lines with addresses of tables. Immutable. */
public final class TagParser {
  /** The tag option that overrides the device's unit identifier; {@code unit} is another option. */
  private static final String UNIT_ID = "unit.id";

  /** The tag option that names the register of a power of ten. */
  private static final String SCALE_FROM = "scale.from";

  /** The tag option that names the table, or the function code, of an address. */
  private static final String TABLE = "table";

  /** The options of a tag line. */
  public static final Set<String> OPTIONS = options();

  private final AddressParser addresses;
  private final CodecParser codecs;

  public TagParser(Configuration config) {
    this.addresses =
        new AddressParser(
            config.get(ModbusConfig.ADDRESS_BASE),
            config.get(ModbusConfig.ADDRESS_NOTATION),
            config.get(ModbusConfig.DEFAULT_TABLE));
    this.codecs =
        new CodecParser(config.get(ModbusConfig.BYTE_ORDER), config.get(ModbusConfig.DEFAULT_TYPE));
  }

  private static Set<String> options() {
    Set<String> options = new HashSet<>(CodecParser.OPTIONS);
    options.add(UNIT_ID);
    options.add(TABLE);
    options.add(SCALE_FROM);
    return Set.copyOf(options);
  }

  /**
   * Parses a tag line.
   *
   * @throws LineException when it is invalid; the message names the remedy
   */
  public ModbusTag parse(TagLine line) throws LineException {
    Optional<String> tableText = line.options().text(TABLE);
    Optional<ModbusTable> table =
        tableText.isPresent() ? Optional.of(ModbusTable.parse(tableText.get())) : Optional.empty();
    TableAddress address = addresses.parse(line.address(), table);
    OptionalInt unit = line.options().integer(UNIT_ID, 0, 255);
    Codec codec = codecs.parse(address, line.type(), line.options());
    if (line.type().isEmpty() && address.table().isRegister()) {
      checkRange(line.address(), codec);
    }
    return new ModbusTag(address, unit, codec, scaleFactor(line.options(), address, unit, codec));
  }

  /** A register table without types can have the first and the last register of each value. */
  private static void checkRange(String address, Codec codec) throws LineException {
    OptionalInt registers = AddressRange.registers(address);
    if (registers.isPresent()
        && codec.valueType() != ValueType.BOOLEAN
        && registers.getAsInt() != codec.quantity()) {
      throw new LineException(
          "the address '%s' has %d registers, and a value of the default type has %d; write its"
                  .formatted(address, registers.getAsInt(), codec.quantity())
              + " type, or set modbus.default.type");
    }
  }

  private Optional<ModbusTag> scaleFactor(
      LineOptions options, TableAddress valueAddress, OptionalInt unit, Codec codec)
      throws LineException {
    Optional<String> text = options.text(SCALE_FROM);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!codec.valueType().isNumeric()) {
      throw new LineException(
          "scale.from needs a number, but the type is " + codec.valueType().configName());
    }
    boolean named = text.get().indexOf(':') >= 0;
    TableAddress address =
        addresses.parse(text.get(), named ? Optional.empty() : Optional.of(valueAddress.table()));
    Codec power = codecs.parse(address, Optional.of("int16"), new LineOptions(Map.of()));
    return Optional.of(new ModbusTag(address, unit, power));
  }
}
