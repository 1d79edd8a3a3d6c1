// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Tests of the packaged plugins on real workers with real servers. */
package io.connectot.it;
