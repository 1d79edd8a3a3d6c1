// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.support;

import io.connectot.plc4x.adapter.DriverConnection.PreparedRead;
import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.adapter.ResponseCode;
import io.connectot.plc4x.adapter.TagResponse;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.util.ArrayList;
import java.util.List;
import org.apache.plc4x.java.api.PlcConnection;
import org.apache.plc4x.java.s7.readwrite.COTPPacketData;
import org.apache.plc4x.java.s7.readwrite.DataTransportErrorCode;
import org.apache.plc4x.java.s7.readwrite.S7Message;
import org.apache.plc4x.java.s7.readwrite.S7PayloadReadVarResponse;
import org.apache.plc4x.java.s7.readwrite.S7PayloadWriteVarResponse;
import org.apache.plc4x.java.s7.readwrite.TPKTPacket;
import org.apache.plc4x.java.spi.Plc4xNettyWrapper;
import org.apache.plc4x.java.spi.connection.ChannelExposingConnection;

/**
 * The support of the driver s7-light. The driver reports items that the controller denies as
 * internal errors; their return codes are taken from the messages.
 */
final class S7Support implements DriverSupport {
  /** The return codes of the items since the last request; guarded by itself. */
  private final List<DataTransportErrorCode> codes = new ArrayList<>();

  @Override
  public void opened(PlcConnection connection) {
    if (connection instanceof ChannelExposingConnection netty && netty.getChannel() != null) {
      ChannelPipeline pipeline = netty.getChannel().pipeline();
      String logic = pipeline.context(Plc4xNettyWrapper.class).name();
      pipeline.addBefore(logic, "connect-ot-s7", new Codes());
    }
  }

  @Override
  public PreparedRead prepare(List<PlcAddress> addresses, PreparedRead plain) {
    return limit -> {
      clear();
      List<TagResponse> responses = new ArrayList<>(plain.execute(limit));
      List<DataTransportErrorCode> returned = clear();
      for (int i = 0; i < responses.size(); i++) {
        ResponseCode code = code(responses.get(i).code(), item(returned, i, responses.size()));
        if (code != responses.get(i).code()) {
          responses.set(i, new TagResponse(code, null));
        }
      }
      return responses;
    };
  }

  @Override
  public ResponseCode written(ResponseCode drivers) {
    List<DataTransportErrorCode> returned = clear();
    return code(drivers, returned.isEmpty() ? null : returned.get(returned.size() - 1));
  }

  /**
   * The return code of an item. There are more of them than addresses when the driver reads one in
   * parts; then all that failed have to be the same.
   */
  private static DataTransportErrorCode item(
      List<DataTransportErrorCode> returned, int index, int addresses) {
    if (returned.size() == addresses) {
      return returned.get(index);
    }
    boolean allDenied =
        returned.stream()
            .filter(code -> code != DataTransportErrorCode.OK)
            .allMatch(code -> code == DataTransportErrorCode.ACCESS_DENIED);
    return !returned.isEmpty() && allDenied ? DataTransportErrorCode.ACCESS_DENIED : null;
  }

  private static ResponseCode code(ResponseCode drivers, DataTransportErrorCode returned) {
    boolean denied =
        drivers == ResponseCode.INTERNAL_ERROR && returned == DataTransportErrorCode.ACCESS_DENIED;
    return denied ? ResponseCode.ACCESS_DENIED : drivers;
  }

  private List<DataTransportErrorCode> clear() {
    synchronized (codes) {
      List<DataTransportErrorCode> taken = new ArrayList<>(codes);
      codes.clear();
      return taken;
    }
  }

  /** Sees the messages of the controller; runs on the event loop. */
  private final class Codes extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof TPKTPacket packet
          && packet.getPayload() instanceof COTPPacketData data
          && data.getPayload() != null) {
        see(data.getPayload());
      }
      context.fireChannelRead(message);
    }

    private void see(S7Message message) {
      synchronized (codes) {
        if (message.getPayload() instanceof S7PayloadReadVarResponse read) {
          read.getItems().forEach(item -> codes.add(item.getReturnCode()));
        } else if (message.getPayload() instanceof S7PayloadWriteVarResponse write) {
          write.getItems().forEach(item -> codes.add(item.getReturnCode()));
        }
      }
    }
  }
}
