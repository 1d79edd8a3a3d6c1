// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.support;

import io.connectot.plc4x.adapter.DriverException;
import io.connectot.plc4x.adapter.DriverException.Kind;
import io.connectot.plc4x.adapter.ResponseCode;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import org.apache.plc4x.java.api.PlcConnection;
import org.apache.plc4x.java.modbus.readwrite.ModbusErrorCode;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDU;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUError;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteMultipleCoilsRequest;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteMultipleCoilsResponse;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteMultipleHoldingRegistersRequest;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteMultipleHoldingRegistersResponse;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteSingleCoilRequest;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteSingleCoilResponse;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteSingleRegisterRequest;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUWriteSingleRegisterResponse;
import org.apache.plc4x.java.modbus.readwrite.ModbusTcpADU;
import org.apache.plc4x.java.spi.Plc4xNettyWrapper;
import org.apache.plc4x.java.spi.connection.ChannelExposingConnection;

/**
 * The support of the driver modbus-tcp. The driver takes any answer with the number of a write for
 * its confirmation, and has one code for a device that answers with a failure and for a gateway
 * that gets no answer from the device.
 */
final class ModbusSupport implements DriverSupport {
  /** The last request; event loop. */
  private ModbusTcpADU request;

  /** Why the last answer does not say what became of the request; null when it does. */
  private volatile String doubt;

  @Override
  public void opened(PlcConnection connection) {
    if (connection instanceof ChannelExposingConnection netty && netty.getChannel() != null) {
      ChannelPipeline pipeline = netty.getChannel().pipeline();
      String logic = pipeline.context(Plc4xNettyWrapper.class).name();
      pipeline.addBefore(logic, "connect-ot-modbus", new Answers());
    }
  }

  @Override
  public ResponseCode written(ResponseCode drivers) throws DriverException {
    String why = doubt;
    if (why != null) {
      throw new DriverException(why, null, Kind.UNREADABLE);
    }
    return drivers;
  }

  private static String doubt(ModbusTcpADU request, ModbusTcpADU answer) {
    if (answer.getPdu() instanceof ModbusPDUError error) {
      return error.getExceptionCode() == ModbusErrorCode.GATEWAY_TARGET_DEVICE_FAILED_TO_RESPOND
          ? "the gateway got no answer from the unit"
          : null;
    }
    return request != null
            && request.getUnitIdentifier() == answer.getUnitIdentifier()
            && confirms(request.getPdu(), answer.getPdu())
        ? null
        : "the answer does not confirm the write";
  }

  /** Whether an answer has the function and the place of a request. */
  private static boolean confirms(ModbusPDU request, ModbusPDU answer) {
    if (request instanceof ModbusPDUWriteMultipleCoilsRequest asked) {
      return answer instanceof ModbusPDUWriteMultipleCoilsResponse said
          && asked.getStartingAddress() == said.getStartingAddress()
          && asked.getQuantity() == said.getQuantity();
    } else if (request instanceof ModbusPDUWriteMultipleHoldingRegistersRequest asked) {
      return answer instanceof ModbusPDUWriteMultipleHoldingRegistersResponse said
          && asked.getStartingAddress() == said.getStartingAddress()
          && asked.getQuantity() == said.getQuantity();
    } else if (request instanceof ModbusPDUWriteSingleRegisterRequest asked) {
      return answer instanceof ModbusPDUWriteSingleRegisterResponse said
          && asked.getAddress() == said.getAddress()
          && asked.getValue() == said.getValue();
    }
    return request instanceof ModbusPDUWriteSingleCoilRequest asked
        && answer instanceof ModbusPDUWriteSingleCoilResponse said
        && asked.getAddress() == said.getAddress()
        && asked.getValue() == said.getValue();
  }

  /** Sees requests and answers. */
  private final class Answers extends ChannelDuplexHandler {
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the promise has the result
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      if (message instanceof ModbusTcpADU sent) {
        request = sent;
      }
      context.write(message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof ModbusTcpADU answer) {
        doubt = doubt(request, answer);
      }
      context.fireChannelRead(message);
    }
  }
}
