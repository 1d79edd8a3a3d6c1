// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** The plugin archives, as a worker and a reviewer see them. */
package io.connectot.packaging;
