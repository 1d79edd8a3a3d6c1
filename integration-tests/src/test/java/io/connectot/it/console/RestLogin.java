// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.it.console;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.kafka.connect.rest.ConnectRestExtension;
import org.apache.kafka.connect.rest.ConnectRestExtensionContext;

/**
 * A REST authentication of a worker, as a plugin of its own: like Kafka's, it is a filter before
 * all resources. To let the tests manage the worker, it protects the console alone.
 */
public final class RestLogin implements ConnectRestExtension {
  /** What a request needs. */
  static final String LOGIN = "Basic b3BlcmF0b3I6c2VjcmV0";

  /** Refuses requests without the login. */
  public static final class Filter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      boolean console = request.getUriInfo().getPath().startsWith("ot");
      if (console && !LOGIN.equals(request.getHeaderString(HttpHeaders.AUTHORIZATION))) {
        request.abortWith(Response.status(Response.Status.UNAUTHORIZED).build());
      }
    }
  }

  /** Writes the plugin into a directory of the plugin path. */
  static void install(Path plugins) throws IOException {
    Files.createDirectories(plugins.resolve("rest-login"));
    try (JarOutputStream jar =
        new JarOutputStream(
            Files.newOutputStream(plugins.resolve("rest-login").resolve("rest-login.jar")))) {
      for (Class<?> type : List.of(RestLogin.class, Filter.class)) {
        String file = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(file));
        try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
          in.transferTo(jar);
        }
      }
      jar.putNextEntry(new JarEntry("META-INF/services/" + ConnectRestExtension.class.getName()));
      jar.write(RestLogin.class.getName().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void register(ConnectRestExtensionContext context) {
    context.configurable().register(Filter.class);
  }

  @Override
  public void configure(Map<String, ?> configs) {
    // It has one user.
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public void close() {
    // It has no resources.
  }
}
