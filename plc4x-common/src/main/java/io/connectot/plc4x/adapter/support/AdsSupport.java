// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.support;

import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.adapter.TagResponse;
import io.connectot.plc4x.adapter.TagShape;
import io.connectot.plc4x.adapter.ads.AdsSymbols;
import io.connectot.plc4x.adapter.ads.AdsSymbols.Resolved;
import io.connectot.plc4x.adapter.ads.AdsTarget;
import io.connectot.plc4x.value.PlcType;
import io.connectot.plc4x.value.RawValue;
import io.connectot.plc4x.value.UnwritableValueException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.plc4x.java.ads.protocol.AdsProtocolLogic;
import org.apache.plc4x.java.ads.readwrite.AdsDataTypeTableEntry;
import org.apache.plc4x.java.ads.readwrite.AdsSymbolTableEntry;
import org.apache.plc4x.java.ads.tag.DirectAdsStringTag;
import org.apache.plc4x.java.api.PlcConnection;
import org.apache.plc4x.java.api.model.PlcTag;
import org.apache.plc4x.java.spi.connection.AbstractPlcConnection;

/** The support of the driver ads. For the owner of the connection. */
final class AdsSupport implements DriverSupport {
  /** The number that a controller increments when its symbols change. */
  private static final String SYMBOL_VERSION = "0xF008/0:USINT";

  private AdsSymbols symbols = new AdsSymbols(Map.of(), Map.of());
  private int version;

  /**
   * Takes the symbols and their version from the driver. The driver updates its tables when they
   * change, but reads by the old ones until then, and keeps symbols that are gone.
   */
  @Override
  @SuppressWarnings("unchecked")
  public void opened(PlcConnection connection) throws DriverException {
    if (!(connection instanceof AbstractPlcConnection base
        && base.getProtocol() instanceof AdsProtocolLogic logic)) {
      throw new DriverException("the driver ads has another form than that of PLC4X 0.13.1", null);
    }
    symbols =
        new AdsSymbols(
            (Map<String, AdsSymbolTableEntry>)
                ConnectionInternals.field(logic, AdsProtocolLogic.class, "symbolTable"),
            (Map<String, AdsDataTypeTableEntry>)
                ConnectionInternals.field(logic, AdsProtocolLogic.class, "dataTypeTable"));
    version = (Integer) ConnectionInternals.field(logic, AdsProtocolLogic.class, "symbolVersion");
  }

  @Override
  public Target target(PlcAddress address, boolean subscription) {
    Resolved resolved = symbols.resolve(address.text(), subscription);
    return new Target(resolved.code(), resolved.tag() == null ? address.parsed() : resolved.tag());
  }

  @Override
  public TagShape shape(PlcAddress address) {
    return target(address).shape();
  }

  @Override
  public Write write(PlcAddress address, RawValue value) throws UnwritableValueException {
    AdsTarget target = target(address);
    AdsRanges.check(value, target.length());
    return new Write(target.tag(), PlcValues.of(signed(value)));
  }

  /** As the type of the target: the driver cuts unsigned numbers of 64 bits. */
  private static RawValue signed(RawValue value) {
    boolean unsigned = value.type() == PlcType.ULINT || value.type() == PlcType.LWORD;
    return unsigned ? new RawValue(PlcType.LINT, ((Number) value.object()).longValue()) : value;
  }

  private AdsTarget target(PlcAddress address) {
    if (address.text().indexOf(':') < 0) {
      return symbols.target(address.text());
    }
    if (address.type() == PlcType.ULINT || address.type() == PlcType.LWORD) {
      String refusal = "unsigned numbers of 64 bits are written by their symbol only";
      return new AdsTarget(TagShape.refused(refusal), null, 0);
    }
    int length = address.parsed() instanceof DirectAdsStringTag text ? text.getStringLength() : 0;
    return new AdsTarget(TagShapes.of(address), (PlcTag) address.parsed(), length);
  }

  @Override
  public boolean isCurrent(Reader reader, Duration limit)
      throws DriverException, TimeoutException, InterruptedException {
    if (symbols.isEmpty()) {
      return true;
    }
    TagResponse response = reader.of(SYMBOL_VERSION).execute(limit).get(0);
    return response.isOk()
        && response.value().object() instanceof Number now
        && now.intValue() == version;
  }
}
