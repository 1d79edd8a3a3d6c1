// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The file of the figures, as the uplink wrote it last. For many threads. */
@jakarta.ws.rs.Path("/edge/metrics")
public final class EdgeMetricsResource {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Path file;

  EdgeMetricsResource(Path file) {
    this.file = file;
  }

  /** The figures in the text format of Prometheus; 503 if there are none yet. */
  @GET
  public Response metrics() throws IOException {
    try {
      return Response.ok(Files.readString(file), PROMETHEUS_TEXT).build();
    } catch (NoSuchFileException e) {
      return Response.status(Response.Status.SERVICE_UNAVAILABLE)
          .entity("The uplink has not measured yet. See: ot-edge logs uplink")
          .type("text/plain")
          .build();
    }
  }
}
