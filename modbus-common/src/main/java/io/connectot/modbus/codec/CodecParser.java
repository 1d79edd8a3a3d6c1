// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.modbus.codec;

import io.connectot.core.spi.line.LineException;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.modbus.address.TableAddress;
import io.connectot.modbus.type.ByteOrdering;
import io.connectot.modbus.type.DateTimeFormat;
import io.connectot.modbus.type.ModbusType;
import io.connectot.modbus.type.NumberFormat;
import io.connectot.modbus.type.RawNumber;
import io.connectot.modbus.type.RegisterBytes;
import io.connectot.modbus.type.Sentinels;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Makes the codec for the type and the options of a tag line. */
public final class CodecParser {
  /** The supported options. */
  public static final Set<String> OPTIONS =
      Set.of(
          "bit",
          "byte",
          "charset",
          "count",
          "enum",
          "format",
          "invalid",
          "length",
          "mask",
          "order",
          "registers",
          "shift",
          "zone");

  private static final int MAX_COUNT = 2000;
  private static final int MAX_REGISTERS = 125;

  private final ByteOrdering defaultOrder;
  private final ModbusType defaultType;

  /**
   * @param defaultOrder the order of numbers without the option {@code order=}
   */
  public CodecParser(ByteOrdering defaultOrder) {
    this(defaultOrder, ModbusType.UINT16);
  }

  /**
   * @param defaultOrder the order of numbers without the option {@code order=}
   * @param defaultType the type of registers without a type
   */
  public CodecParser(ByteOrdering defaultOrder, ModbusType defaultType) {
    this.defaultOrder = defaultOrder;
    this.defaultType = defaultType;
  }

  /**
   * Makes a codec. Does not take options that do not apply to the type, so that they are reported.
   *
   * @throws LineException when type and options contradict each other; the message names the remedy
   */
  public Codec parse(TableAddress address, Optional<String> typeName, LineOptions options)
      throws LineException {
    OptionalInt bit = bit(address, options);
    ModbusType type =
        typeName.isPresent()
            ? ModbusType.parse(typeName.get())
            : bit.isPresent() || !address.table().isRegister() ? ModbusType.BOOL : defaultType;
    Codec element = element(address, type, bit, options);
    Optional<String> words = options.text("enum");
    if (words.isPresent()) {
      if (element.valueType().isInteger()
          || type == ModbusType.BOOL
          || type == ModbusType.BIT
          || bit.isPresent()) {
        element = new EnumCodec(element, EnumCodec.parse(words.get()));
      } else {
        throw new LineException(
            "enum= is for whole numbers and bits, not for " + type.configName());
      }
    }
    return array(address, type, bit, element, options);
  }

  private static OptionalInt bit(TableAddress address, LineOptions options) throws LineException {
    OptionalInt option = options.integer("bit", 0, 63);
    if (option.isPresent() && address.bit().isPresent()) {
      throw new LineException(
          address + " and bit=" + option.getAsInt() + " both select a bit; leave one out");
    }
    if (option.isPresent() && !address.table().isRegister()) {
      throw new LineException(
          "bit= is for registers; a " + address.table().configName() + " is a bit");
    }
    return option.isPresent() ? option : address.bit();
  }

  private Codec element(TableAddress address, ModbusType type, OptionalInt bit, LineOptions options)
      throws LineException {
    if (!address.table().isRegister()) {
      if (type != ModbusType.BOOL && type != ModbusType.BIT) {
        throw new LineException(
            "a " + address.table().configName() + " is a bool, not " + type.configName());
      }
      return new CoilCodec();
    }
    return switch (type) {
      case BIT, BOOL -> truth(type, bit, options);
      case STRING, BYTES, DATETIME -> {
        refuse(bit, type);
        yield type == ModbusType.DATETIME ? dateTime(options) : blob(type, options);
      }
      default -> bit.isPresent() ? bitOf(type, bit.getAsInt(), options) : number(type, options);
    };
  }

  private static void refuse(OptionalInt bit, ModbusType type) throws LineException {
    if (bit.isPresent()) {
      throw new LineException(
          "a bit of a " + type.configName() + " cannot be selected; leave it out");
    }
  }

  private Codec truth(ModbusType type, OptionalInt bit, LineOptions options) throws LineException {
    if (type == ModbusType.BIT && bit.isEmpty()) {
      throw new LineException("type bit needs a bit: write holding:7.3 or bit=3");
    }
    RawNumber raw = new RawNumber(ModbusType.UINT16, order(options));
    if (bit.isPresent()) {
      return new RegisterBitCodec(raw, bitMask(bit.getAsInt(), raw, type));
    }
    Optional<Long> mask = mask(options, raw.bits());
    return new RegisterBitCodec(raw, mask.orElse(-1L));
  }

  private Codec bitOf(ModbusType type, int bit, LineOptions options) throws LineException {
    if (!type.isInteger()) {
      throw new LineException(
          "a bit of a " + type.configName() + " cannot be selected; leave it out");
    }
    RawNumber raw = raw(type, options);
    return new RegisterBitCodec(raw, bitMask(bit, raw, type));
  }

  private static long bitMask(int bit, RawNumber raw, ModbusType type) throws LineException {
    if (bit >= raw.bits()) {
      throw new LineException(
          "bit=" + bit + ": a " + type.configName() + " has the bits 0 to " + (raw.bits() - 1));
    }
    return 1L << bit;
  }

  private Codec number(ModbusType type, LineOptions options) throws LineException {
    RawNumber raw = raw(type, options);
    refuseOtherLength(type, options);
    NumberFormat format = NumberFormat.of(type);
    Optional<Long> mask = mask(options, raw.bits());
    OptionalInt shift = options.integer("shift", 0, raw.bits() - 1);
    if ((mask.isPresent() || shift.isPresent()) && !type.isUnsigned()) {
      throw new LineException(
          "mask= and shift= are for unsigned numbers, not for "
              + type.configName()
              + "; write uint"
              + Math.max(raw.bits(), 16));
    }
    return new NumberCodec(
        raw,
        format,
        type.valueType(),
        mask.orElse(-1L),
        shift.orElse(0),
        sentinels(options, format, raw.bits()));
  }

  /** Register tables of vendors have the length of numbers too, in registers or in bytes. */
  private static void refuseOtherLength(ModbusType type, LineOptions options) throws LineException {
    for (String option : List.of("length", "registers")) {
      OptionalInt length = options.integer(option, 1, MAX_REGISTERS);
      boolean bytes = option.equals("length") && length.orElse(0) == 2 * type.registers();
      if (length.isPresent() && length.getAsInt() != type.registers() && !bytes) {
        throw new LineException(
            option
                + "="
                + length.getAsInt()
                + ": a "
                + type.configName()
                + " has "
                + type.registers()
                + " registers; correct one of the two");
      }
    }
  }

  private RawNumber raw(ModbusType type, LineOptions options) throws LineException {
    // A single byte has no order: the option is not taken, and so reported.
    return new RawNumber(type, type.isByte() ? ByteOrdering.ABCD : order(options));
  }

  private ByteOrdering order(LineOptions options) throws LineException {
    Optional<String> order = options.text("order");
    return order.isPresent() ? ByteOrdering.parse(order.get()) : defaultOrder;
  }

  private static Sentinels sentinels(LineOptions options, NumberFormat format, int bits)
      throws LineException {
    Optional<String> invalid = options.text("invalid");
    return invalid.isPresent() ? Sentinels.parse(invalid.get(), format, bits) : Sentinels.NONE;
  }

  private static Optional<Long> mask(LineOptions options, int bits) throws LineException {
    Optional<String> text = options.text("mask");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      String word = text.get();
      long mask =
          word.regionMatches(true, 0, "0x", 0, 2)
              ? Long.parseUnsignedLong(word.substring(2), 16)
              : Long.parseUnsignedLong(word);
      if (mask != 0 && (bits == Long.SIZE || mask >>> bits == 0)) {
        return Optional.of(mask);
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for every invalid mask.
    }
    throw new LineException(
        "mask=" + text.get() + ": must select some of the " + bits + " bits, e.g. mask=0xF0");
  }

  private static Codec blob(ModbusType type, LineOptions options) throws LineException {
    RegisterBytes.Half half =
        options.choice("byte", RegisterBytes.Half.class).orElse(RegisterBytes.Half.BOTH);
    int perRegister = half == RegisterBytes.Half.BOTH ? 2 : 1;
    OptionalInt length = options.integer("length", 1, MAX_REGISTERS * perRegister);
    OptionalInt registers = options.integer("registers", 1, MAX_REGISTERS);
    if (length.isPresent() == registers.isPresent()) {
      throw new LineException(
          "a "
              + type.configName()
              + " needs either length= (bytes) or registers=, e.g. length=20 or registers=10");
    }
    int bytes = length.isPresent() ? length.getAsInt() : registers.getAsInt() * perRegister;
    Optional<String> order = options.text("order");
    boolean swapped = false;
    if (order.isPresent()) {
      ByteOrdering parsed = ByteOrdering.parse(order.get());
      if (half != RegisterBytes.Half.BOTH || order.get().length() != 2) {
        throw new LineException(
            "order="
                + order.get()
                + ": a "
                + type.configName()
                + " takes AB or BA, and none beside byte=high or byte=low");
      }
      swapped = parsed.swapsBytes();
    }
    RegisterBytes source = new RegisterBytes(bytes, half, swapped);
    return type == ModbusType.BYTES
        ? new BytesCodec(source)
        : new TextCodec(source, charset(options));
  }

  private static Charset charset(LineOptions options) throws LineException {
    Optional<String> name = options.text("charset");
    if (name.isEmpty()) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(name.get());
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new LineException(
          "charset=" + name.get() + ": unknown; write one like UTF-8, ISO-8859-1 or windows-1252");
    }
  }

  private Codec dateTime(LineOptions options) throws LineException {
    DateTimeFormat format =
        options.choice("format", DateTimeFormat.class).orElse(DateTimeFormat.EPOCH_S);
    if (format.isEpoch()) {
      ModbusType number = format == DateTimeFormat.EPOCH_S ? ModbusType.UINT32 : ModbusType.INT64;
      RawNumber raw = raw(number, options);
      Sentinels sentinels = sentinels(options, NumberFormat.of(number), raw.bits());
      return new DateTimeCodec(format, raw, ZoneOffset.UTC, sentinels);
    }
    return new DateTimeCodec(format, null, zone(options), Sentinels.NONE);
  }

  private static ZoneId zone(LineOptions options) throws LineException {
    Optional<String> zone = options.text("zone");
    try {
      return zone.isPresent() ? ZoneId.of(zone.get()) : ZoneOffset.UTC;
    } catch (DateTimeException e) {
      throw new LineException(
          "zone=" + zone.get() + ": unknown; write one like UTC, +01:00 or Europe/Berlin");
    }
  }

  private static Codec array(
      TableAddress address, ModbusType type, OptionalInt bit, Codec element, LineOptions options)
      throws LineException {
    OptionalInt count = options.integer("count", 1, MAX_COUNT);
    Codec codec = element;
    if (count.isPresent()) {
      if (bit.isPresent() || type.isText()) {
        throw new LineException(
            "count= is not for "
                + (bit.isPresent() ? "single bits of registers" : type.configName())
                + "; write a tag for each");
      }
      int step = address.table().isRegister() ? 2 * element.quantity() : 1;
      codec = new ArrayCodec(element, count.getAsInt(), step);
    }
    if (codec.quantity() > address.table().maxQuantity()) {
      throw new LineException(
          "count="
              + count.orElse(1)
              + ": needs "
              + codec.quantity()
              + (address.table().isRegister() ? " registers" : " bits")
              + ", one request reads at most "
              + address.table().maxQuantity());
    }
    if (address.address() + codec.quantity() > TableAddress.SPACE) {
      throw new LineException(
          address
              + ": the value takes "
              + codec.quantity()
              + (address.table().isRegister() ? " registers" : " bits")
              + " and so ends beyond the last address, "
              + (TableAddress.SPACE - 1));
    }
    return codec;
  }
}
