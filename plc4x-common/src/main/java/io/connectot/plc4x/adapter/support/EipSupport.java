// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.support;

import io.connectot.plc4x.adapter.DriverConnection.PreparedRead;
import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.adapter.ResponseCode;
import io.connectot.plc4x.adapter.TagShape;
import io.connectot.plc4x.adapter.cip.CipExchange;
import io.connectot.plc4x.adapter.cip.CipTags;
import io.connectot.plc4x.adapter.cip.CipWrite;
import io.connectot.plc4x.value.RawValue;
import io.connectot.plc4x.value.UnwritableValueException;
import io.netty.channel.ChannelPipeline;
import java.util.List;
import org.apache.plc4x.java.api.PlcConnection;
import org.apache.plc4x.java.api.model.PlcTag;
import org.apache.plc4x.java.spi.Plc4xNettyWrapper;
import org.apache.plc4x.java.spi.connection.ChannelExposingConnection;
import org.apache.plc4x.java.spi.values.PlcDINT;

/** The support of the drivers eip and logix. */
final class EipSupport implements DriverSupport {
  private final CipExchange exchange = new CipExchange();

  @Override
  public void opened(PlcConnection connection) {
    if (connection instanceof ChannelExposingConnection netty) {
      ChannelPipeline pipeline = netty.getChannel().pipeline();
      String logic = pipeline.context(Plc4xNettyWrapper.class).name();
      pipeline.addBefore(logic, "connect-ot-cip", exchange);
    }
  }

  @Override
  public PreparedRead prepare(List<PlcAddress> addresses, PreparedRead plain) {
    return CipTags.prepare(exchange, addresses, plain);
  }

  @Override
  public TagShape shape(PlcAddress address) {
    return CipTags.shape(address);
  }

  /** The driver gets a number in place of the value, which the handler replaces. */
  @Override
  public Write write(PlcAddress address, RawValue value) throws UnwritableValueException {
    CipWrite write = CipTags.encode(address, value);
    return new Write(
        (PlcTag) address.parsed(), new PlcDINT(0), () -> CipTags.writing(exchange, write));
  }

  @Override
  public ResponseCode written(ResponseCode drivers) throws DriverException {
    return CipTags.written(exchange);
  }
}
